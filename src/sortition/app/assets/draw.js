// The page in the hall: digits as large as the screen, one by one, and then the panel, one by one.
"use strict";
const field = document.querySelector("#digits");
if (field) {
  const balls = document.querySelectorAll(".balls span");
  const sure = document.querySelector("#sure");
  const show = () => {
    field.value = field.value.replace(/\D/g, "");
    balls.forEach((ball, place) => { ball.textContent = field.value[place] ?? ""; });
    sure.checked = sure.checked && field.value.length === balls.length;
  };
  field.addEventListener("input", show);
  show();
}
// digits that nobody has seen yet come slowly; those that were typed were seen
const panel = document.querySelector("[data-reveal]");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
if (panel && location.search === "" && !calm) {
  const digits = panel.dataset.reveal === "digits" ? [...document.querySelectorAll(".ticket span")] : [];
  const people = [...panel.querySelectorAll("li")];
  const waiting = [...digits.map((one, place) => [one, 1200 * (place + 1)]), ...people.map((one, place) => [one, 600 + 1200 * digits.length + 120 * place])];
  waiting.forEach(([one, after]) => {
    one.classList.add("hidden");
    setTimeout(() => one.classList.remove("hidden"), after);
  });
  const all = () => waiting.forEach(([one]) => one.classList.remove("hidden"));
  addEventListener("keydown", all, { once: true });
  addEventListener("pointerdown", all, { once: true });
}
