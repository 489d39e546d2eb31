// Show the step that is open in the strip of steps, where it is wider than the screen.
"use strict";
document.querySelector(".steps [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
