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
const panel = document.querySelector("[data-reveal]");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const seen = location.search !== "" || calm;
if (panel && !seen) {
  const people = [...panel.querySelectorAll("li")];
  const all = () => people.forEach((one) => one.classList.remove("hidden"));
  people.forEach((one, place) => {
    one.classList.add("hidden");
    setTimeout(() => one.classList.remove("hidden"), 600 + 120 * place);
  });
  addEventListener("keydown", all, { once: true });
  addEventListener("pointerdown", all, { once: true });
}
