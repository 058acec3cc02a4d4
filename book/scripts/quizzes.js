// Quizzes: a button that checks the chosen answer, and a score. Nothing is stored or sent.
// The reasons stand on the page, in the folded list of all answers; the one asked for is shown again at its question.
"use strict";
document.querySelectorAll(".quiz").forEach((quiz) => {
  const questions = [...quiz.querySelectorAll("fieldset")];
  const inputs = [...quiz.querySelectorAll("input")];
  const answers = quiz.querySelector("details");
  const reasons = answers.querySelectorAll("li > p");
  const firstTries = new Map(); // from a question to whether the first answer was right

  const make = (parent, tag, properties) => parent.appendChild(Object.assign(document.createElement(tag), properties));
  const button = (parent, text, onclick) => make(parent, "button", { type: "button", textContent: text, onclick });
  const region = (parent, tag) => {
    const made = make(parent, tag);
    made.setAttribute("role", "status"); // read out when it changes
    return made;
  };

  const end = document.createElement("p");
  end.className = "quiz-end";
  const score = region(end, "span");
  const tell = () => {
    const right = [...firstTries.values()].filter(Boolean).length;
    score.textContent = `${right} right at the first try, ${firstTries.size} of ${questions.length} answered.`;
  };

  const said = questions.map((question) => {
    const check = button(question, "Check", () => {
      const chosen = inputs.find((input) => input.checked && question.contains(input));
      if (!chosen) {
        answer.textContent = "Choose an answer first.";
        return;
      }
      answer.replaceChildren(...reasons[inputs.indexOf(chosen)].cloneNode(true).childNodes);
      answer.dataset.is = chosen.value;
      if (!firstTries.has(question)) firstTries.set(question, chosen.value === "right");
      tell();
    });
    check.setAttribute("aria-label", `Check question ${questions.indexOf(question) + 1}`);
    const answer = region(question, "div");
    const clear = () => {
      answer.replaceChildren();
      delete answer.dataset.is;
    };
    question.addEventListener("change", clear); // what it says is about another answer
    return clear;
  });

  button(end, "Try again", () => {
    inputs.forEach((input) => (input.checked = false));
    said.forEach((clear) => clear());
    firstTries.clear();
    tell();
    inputs[0].focus();
  });
  tell();
  answers.before(end);
});
