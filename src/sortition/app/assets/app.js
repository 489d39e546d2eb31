// Show the step that is open in the strip of steps, where it is wider than the screen.
"use strict";
document.querySelector(".steps [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
// Say what a slider stands at, as the language writes numbers.
document.addEventListener("input", ({ target }) => {
  if (target.type === "range") {
    target.nextElementSibling.value = Number(target.value).toLocaleString(document.documentElement.lang);
  }
});
// What was done is said once: not again to whoever comes back to the page or loads it anew.
const here = new URL(location.href);
if (here.searchParams.has("done")) {
  here.searchParams.delete("done");
  history.replaceState(null, "", here);
}
