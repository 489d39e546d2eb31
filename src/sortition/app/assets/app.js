// Show the step that is open in the strip of steps, where it is wider than the screen.
"use strict";
document.querySelector(".steps [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
// Say what a slider stands at, as the language writes numbers.
document.addEventListener("input", ({ target }) => {
  if (target.type === "range") {
    target.nextElementSibling.value = Number(target.value).toLocaleString(document.documentElement.lang);
  }
});
