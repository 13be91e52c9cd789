"use strict";
// The live session on the presenter's screen: what the server says of each poll is drawn; keys and buttons ask it to go on.
(() => {
  const { at, keys, go, now, onMove, say } = window.lmSlides;
  const code = at("session").dataset.code, base = `/room/${code}`;
  const panels = new Map([...document.querySelectorAll(".lm-slide[data-poll]")].map((slide) => [slide.dataset.poll, slide.querySelector(".lm-panel")]));
  let told = JSON.parse(at("first").textContent), online = true, timer = null, drawn = {}, asking = false;

  const NEXT = { draft: ["open", "Open voting"], open: ["closed", "Close voting"], closed: ["open", "Open it again"], revealed: [null, ""] };

  async function send(body) {
    try {
      const reply = await fetch(base, { method: "POST", headers: { "Content-Type": "application/json", "X-Landmark": "1" }, body: JSON.stringify(body) });
      if (!reply.ok) say((await reply.json()).error);
      connected(true);
      return reply.ok;
    } catch { connected(false); return false; }
  }

  function connected(yes) {
    if (online !== yes) say(yes ? "The room is connected again." : "The room is offline: votes do not arrive. The slides go on.");
    online = yes;
    buttons();
  }

  function buttons() {
    const poll = now().poll, state = told.states[poll], rehearsal = told.rehearsal ? "Rehearsal · " : "";
    at("room").textContent = told.ended ? "The session has ended" : online ? `${rehearsal}${told.at.replace(/^https?:\/\//, "")}` : "The room is offline";
    at("vote").hidden = told.ended || !state || !NEXT[state][0] || !online;
    if (state) at("vote").textContent = NEXT[state][1];
    at("reveal").hidden = told.ended || state !== "closed" || !online;
    at("votes").textContent = state === "open" ? `${told.votes} ${told.votes === 1 ? "vote" : "votes"}` : "";
  }

  function draw(fresh) {
    told = fresh;
    for (const [poll, html] of Object.entries(told.panels)) {
      const body = panels.get(poll);
      if (body && drawn[poll] !== html) { body.innerHTML = html; drawn[poll] = html; }
    }
    buttons();
  }

  async function act(before, after, words) {
    if (asking) return;
    asking = true;
    const poll = now().poll;
    if (await send({ do: "move", poll, before, after })) { say(words); await look(); }
    asking = false;
  }
  function vote() {
    const state = told.states[now().poll], next = state && NEXT[state][0];
    if (next) act(state, next, next === "open" ? "Voting is open" : "Voting is closed");
  }
  function reveal() { if (told.states[now().poll] === "closed") act("closed", "revealed", "The answer is shown"); }

  async function look() {
    try {
      const reply = await fetch(`${base}/now`, { cache: "no-store" });
      if (reply.ok) { draw(await reply.json()); connected(true); }
    } catch { connected(false); }
  }
  function listen() {
    const source = new EventSource(`${base}/events`);
    source.onopen = () => { clearInterval(timer); timer = null; connected(true); };
    source.onmessage = (event) => { draw(JSON.parse(event.data)); connected(true); };
    source.onerror = () => { look(); if (!timer) timer = setInterval(look, 2000); };
  }

  keys.v = vote; keys.x = reveal;
  keys.m = () => go([...document.querySelectorAll(".lm-slide")].findIndex((one) => one.dataset.poll === "floor") + 1);
  at("vote").addEventListener("click", vote);
  at("reveal").addEventListener("click", reveal);
  if (!location.search.includes("notes=") && told.slide > 1 && now().number === 1) go(told.slide);
  onMove(({ number }) => { buttons(); send({ do: "slide", slide: number }); });
  draw(told);
  listen();
})();
