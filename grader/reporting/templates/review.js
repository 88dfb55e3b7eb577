"use strict";
(() => {
  const cards = Array.from(document.querySelectorAll(".card"));
  const said = document.getElementById("said");
  const left = document.getElementById("left");
  const counted = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;
  const current = () => document.activeElement.closest(".card");
  const go = (card) => {
    if (!card) return;
    card.focus({ preventScroll: true });
    const fits = card.offsetHeight + 2 * said.offsetHeight < window.innerHeight;
    card.scrollIntoView({ block: fits ? "nearest" : "start" });
  };
  const next = (step) => {
    const place = cards.indexOf(current());
    go(cards[place < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, place + step))]);
  };
  const questions = Array.from(document.querySelectorAll("nav a"));
  const nextQuestion = () => {
    const place = questions.findIndex((one) => one.hasAttribute("aria-current"));
    if (questions.length > 1) questions[(place + 1) % questions.length].click();
  };
  const nextOpen = () => {
    const place = cards.indexOf(current());
    const after = [...cards.slice(place + 1), ...cards.slice(0, place + 1)];
    go(after.find((card) => card.dataset.open));
  };
  const save = async (card) => {
    const form = card.querySelector("form");
    if (!form.reportValidity()) {
      const points = card.querySelector(".points");
      said.textContent = `Not saved: the points must be a number from 0 to ${points.max}.`;
      return;
    }
    const members = Array.from(card.querySelectorAll(".member:checked"));
    const given = {
      group: Number(card.dataset.group),
      members: members.map((one) => Number(one.value)),
      seen: members.map((one) => Number(one.dataset.seen)),
      points: Number(card.querySelector(".points").value),
      items: Array.from(card.querySelectorAll(".item:checked"), (one) => one.value),
      comment: card.querySelector(".comment").value,
    };
    let found;
    try {
      const answer = await fetch(location.pathname, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(given),
      });
      found = await answer.json();
    } catch {
      said.textContent = "Not saved: the server does not answer. Is grader review still running?";
      return;
    }
    if (found.error) {
      said.textContent = `Not saved: ${found.error}`;
    } else if (found.meanwhile.length) {
      const others = found.meanwhile.map((one) => `${one.author} gave ${counted(one.points, "point")} meanwhile` +
        (one.comment ? ` and wrote: \u201c${one.comment}\u201d` : "."));
      for (const one of found.meanwhile) {
        members.find((member) => Number(member.value) === one.member).dataset.seen = one.event;
      }
      said.textContent = `Not saved yet: ${[...new Set(others)].join(" ")} Save again to replace that.`;
    } else {
      members.forEach((member, place) => { member.dataset.seen = found.events[place]; });
      const open = Array.from(card.querySelectorAll(".member")).some((one) => one.dataset.seen === "0");
      if (!open) delete card.dataset.open;
      card.querySelector(".state").textContent = open ? "open" : "scored";
      left.textContent = cards.filter((one) => one.dataset.open).length;
      const all = cards.every((one) => !one.dataset.open) ? " All answers to this question are scored." : "";
      said.textContent =
        `Saved: ${counted(given.points, "point")} for ${counted(members.length, "answer")}.${all}`;
      card.focus();
      nextOpen();
    }
  };
  for (const card of cards) {
    card.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      save(card);
    });
    for (const item of card.querySelectorAll(".item")) {
      item.addEventListener("change", () => {
        const points = card.querySelector(".points");
        const sum = Array.from(card.querySelectorAll(".item:checked"), (one) => Number(one.dataset.points))
          .reduce((one, other) => one + other, 0);
        points.value = Math.round(Math.min(Number(points.max), Math.max(0, sum)) * 1e6) / 1e6;
      });
    }
  }
  document.addEventListener("keydown", (event) => {
    const card = current();
    const writing = event.target.matches("textarea, input[type=number]");
    if (writing) {
      if (event.key === "Escape") card.focus();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(card);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      j: () => next(1),
      k: () => next(-1),
      n: nextOpen,
      p: () => card?.querySelector(".points").focus(),
      c: () => card?.querySelector(".comment").focus(),
      s: () => card && save(card),
      q: nextQuestion,
    };
    const item = /^[1-9]$/.test(event.key) && card?.querySelectorAll(".item")[Number(event.key) - 1];
    if (item) item.click();
    else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });
})();
