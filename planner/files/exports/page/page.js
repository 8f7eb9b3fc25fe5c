"use strict";
(() => {
  const known = JSON.parse(document.getElementById("data").textContent);
  const shifts = known.shifts.map((one) => ({
    ...one, start: Date.parse(one.start), end: Date.parse(one.end),
  }));
  const marks = new Map(Object.entries(known.marks));
  const who = document.getElementById("who");
  const parts = {
    weekday: "short", day: "numeric", month: "short",
    hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  };
  const clock = new Intl.DateTimeFormat(undefined, parts);
  const calendar = new Intl.DateTimeFormat(undefined, { ...parts, year: "numeric" });
  const year = (instant) => new Date(instant).getFullYear();
  const said = (instant) => (year(instant) === year(Date.now()) ? clock : calendar).format(instant);

  function element(name, text, look) {
    const made = document.createElement(name);
    made.textContent = text;
    if (look) made.className = look;
    return made;
  }

  // Times in the reader's zone.
  for (const time of document.querySelectorAll("time[datetime]")) {
    time.textContent = said(Date.parse(time.dateTime));
  }
  document.getElementById("zone").textContent = clock.resolvedOptions().timeZone;

  // Who is on call now and next. What is read out changes only when somebody takes over.
  function card(seat, now) {
    const own = shifts.filter((one) => one.seat === seat);
    const current = own.find((one) => one.start <= now && now < one.end);
    const next = own.find((one) => one.start > now && (!current || one.who !== current.who));
    const made = document.createElement("div");
    const name = current ? current.who || "nobody" : "no duty now";
    made.append(element("dt", seat));
    const shown = element("dd", "");
    shown.append(element("span", name, `name ${marks.get(name) || ""}`));
    if (current && current.for) shown.append(` for ${current.for}`);
    made.append(shown);
    const last = next && current ? next.start : current && own[own.length - 1].end;
    if (last) made.append(element("dd", `until ${said(last)}`));
    const then = next ? `${next.who || "nobody"} from ${said(next.start)}` : "nobody is planned";
    made.append(element("dd", `Next: ${then}`, "quiet"));
    return made;
  }

  let told = "";
  function tell() {
    const now = Date.now();
    const cards = known.seats.map((seat) => card(seat, now));
    const text = cards.map((one) => one.textContent).join("\n");
    if (text !== told) {
      const list = element("dl", "", "cards");
      list.append(...cards);
      document.getElementById("now").replaceChildren(list);
      told = text;
    }
    for (const heading of document.querySelectorAll("th[data-start]")) {
      const current = Date.parse(heading.dataset.start) <= now && now < Date.parse(heading.dataset.end);
      if (current) heading.setAttribute("aria-current", "date");
      else heading.removeAttribute("aria-current");
    }
  }

  // One's own weeks, by a name that the address remembers.
  function own(name) {
    const now = Date.now();
    const mine = shifts.filter((one) => one.who === name);
    const ahead = mine.filter((one) => one.end > now).length;
    document.getElementById("own-title").textContent = `Weeks of ${name}`;
    document.getElementById("own-said").textContent =
      mine.length ? `On call ${mine.length} times, ${ahead} of them now or to come.` : "Not on call.";
    document.getElementById("own-weeks").replaceChildren(...mine.map((one) => {
      const instead = one.for ? ` for ${one.for}` : "";
      const over = one.end <= now;
      const text = `${said(one.start)} – ${said(one.end)}, ${one.seat}${instead}${over ? " (over)" : ""}`;
      return element("li", text, over ? "over" : "");
    }));
  }

  function choose(name) {
    const chosen = [...who.options].some((one) => one.value === name) ? name : "";
    who.value = chosen;
    document.body.classList.toggle("chosen", chosen !== "");
    for (const row of document.querySelectorAll("tr[data-who]")) {
      row.classList.toggle("mine", row.dataset.who === chosen);
    }
    document.getElementById("own").hidden = chosen === "";
    if (chosen) own(chosen);
  }

  const asked = () => new URLSearchParams(location.hash.slice(1)).get("who") || "";
  who.addEventListener("change", () => {
    const hash = who.value ? `#${new URLSearchParams({ who: who.value })}` : "#";
    history.replaceState(null, "", hash);
    choose(who.value);
  });
  addEventListener("hashchange", () => choose(asked()));

  // A week's details. The browser's own dialog keeps the focus, closes by Escape and gives it back.
  for (const button of document.querySelectorAll("button[data-week]")) {
    button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", () => document.getElementById(button.dataset.week).showModal());
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }

  // Quarters that are over are folded, unless all are.
  const quarters = [...document.querySelectorAll("details")];
  const isOver = (one) => Date.parse(one.dataset.end) <= Date.now();
  if (!quarters.every(isOver)) {
    for (const one of quarters) one.open = !isOver(one);
  }

  tell();
  choose(asked());
  setInterval(() => { tell(); }, 20000);
  for (const current of document.querySelectorAll(".grid [aria-current]")) {
    const wide = current.closest(".wide");
    const name = current.closest("table").querySelector("tbody th");
    wide.scrollLeft = current.offsetLeft - (name ? name.offsetWidth : 0);
  }
})();
