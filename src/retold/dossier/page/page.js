// What the page does beyond reading: light up partners, filter, keyboard, copy. Everything can be read without it.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("has-js");
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Words that share a key light up together: a finding's words, a passage and its partner, a statement and its retelling.
  const byKey = new Map();
  for (const element of all("[data-k]")) {
    for (const key of element.dataset.k.split(" ")) {
      if (!byKey.has(key)) byKey.set(key, []);
      byKey.get(key).push(element);
    }
  }
  let lit = [];
  const unlight = () => {
    for (const element of lit) element.classList.remove("lit");
    lit = [];
  };
  const light = (element) => {
    unlight();
    for (const key of element.dataset.k.split(" ")) {
      for (const partner of byKey.get(key) || []) {
        partner.classList.add("lit");
        lit.push(partner);
      }
    }
  };

  // The panel shows the aligned rows of the passage that is pointed at, copied from the section "side by side".
  const panel = byId("partners");
  const rowsOf = (element) =>
    element.dataset.k.split(" ").filter((key) => /^p\d+$/.test(key)).map((key) => byId("row-" + key.slice(1))).filter(Boolean);
  const showPartners = (element) => {
    const rows = element.closest(".text") ? rowsOf(element).slice(0, 4) : [];
    panel.hidden = rows.length === 0;
    if (panel.hidden) return;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "Close";
    close.addEventListener("click", () => { panel.hidden = true; });
    panel.replaceChildren(close, ...rows.map(copyOfRow));
  };
  const copyOfRow = (row) => {
    const copy = document.createElement("article");
    copy.className = row.className.replace(/\b(item|current|folded|filtered-out)\b/g, "");
    for (const child of row.children) {
      if (child.tagName !== "SUMMARY") copy.append(child.cloneNode(true));
    }
    for (const element of all("[id], [data-k]", copy)) {
      element.removeAttribute("id");
      element.removeAttribute("data-k");
      element.classList.remove("lit");
    }
    return copy;
  };
  const keyed = (event) => (event.target instanceof Element ? event.target.closest("[data-k]") : null);
  const pointAt = (event) => {
    const element = keyed(event);
    if (!element || panel.contains(element)) return;
    light(element);
    showPartners(element);
  };
  document.addEventListener("mouseover", pointAt);
  document.addEventListener("focusin", pointAt);
  document.addEventListener("mouseout", (event) => {
    if (keyed(event)) unlight();
  });
  document.addEventListener("click", (event) => {
    const element = keyed(event);
    if (element && element.tagName === "SPAN" && !String(getSelection())) pointAt(event);
  });

  // A link may lead into something folded: open it, go there, and light what the link is about.
  const openAround = (element) => {
    for (let each = element; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") each.open = true;
    }
  };
  const goTo = (id) => {
    const element = byId(id);
    if (!element) return null;
    openAround(element);
    element.scrollIntoView({ block: element.classList.contains("anchor") ? "center" : "start" });
    return element;
  };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (!link) return;
    const id = decodeURIComponent(link.getAttribute("href").slice(1));
    const element = byId(id);
    if (!element) return;
    event.preventDefault();
    history.pushState(null, "", "#" + id);
    goTo(id);
    if (link.dataset.k) light(link);
    const next = element.classList.contains("anchor") ? element.nextElementSibling : element;
    if (next && !next.matches("a, button, summary")) next.tabIndex = -1;
    if (next) next.focus({ preventScroll: true });
    if (link.dataset.k) light(link);
  });
  addEventListener("popstate", () => goTo(decodeURIComponent(location.hash.slice(1))));
  if (location.hash.length > 1) goTo(decodeURIComponent(location.hash.slice(1)));

  // On a phone the filters wait folded: the findings come first.
  if (matchMedia("(max-width: 1020px)").matches) byId("filters").open = false;

  // Filters: an item is shown when it has the speaker and any of the kinds that are chosen.
  const items = all(".item");
  const speaker = byId("by-speaker");
  const kinds = all("[data-kind]");
  const filter = () => {
    const who = speaker ? speaker.value : "";
    const chosen = kinds.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.dataset.kind);
    const active = who !== "" || chosen.length > 0;
    let shown = 0;
    for (const item of items) {
      const has = (item.dataset.f || "").split(" ");
      const fits = (!chosen.length || chosen.some((kind) => has.includes(kind))) && (!who || (item.dataset.who || "").split(" ").includes(who));
      item.classList.toggle("filtered-out", !fits);
      if (fits) shown += 1;
    }
    for (const group of all(".speaker, .support, .pair")) {
      group.classList.toggle("filtered-out", active && !group.querySelector(".item:not(.filtered-out)"));
    }
    for (const gap of all(".gap, .leftonly")) gap.classList.toggle("filtered-out", active);
    for (const group of all("[data-change-kind]")) {
      group.classList.toggle("filtered-out", active && (who !== "" || !chosen.includes(group.dataset.changeKind)));
    }
    byId("filter-state").textContent = active ? `${shown} of ${items.length} rows shown.` : "Everything is shown.";
    byId("clear").hidden = !active;
  };
  const clear = () => {
    for (const button of kinds) button.setAttribute("aria-pressed", "false");
    if (speaker) speaker.value = "";
    filter();
  };
  for (const button of kinds) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  if (speaker) speaker.addEventListener("change", filter);
  byId("clear").addEventListener("click", clear);

  // Copying: the clipboard where the browser lends it, else the old way through a selection.
  const toast = byId("toast");
  let toastTimer = 0;
  const say = (text) => {
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { toast.hidden = true; }, 2200);
  };
  const copyBySelection = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copy = async (button) => {
    const text = button.dataset.ref;
    try {
      await navigator.clipboard.writeText(text);
      say("The reference was copied.");
    } catch {
      say(copyBySelection(text) ? "The reference was copied." : "This browser does not allow copying here.");
    }
  };
  for (const button of all(".copy")) button.addEventListener("click", () => copy(button));

  // Keyboard.
  const help = byId("help");
  const sections = all(".side nav a").map((link) => link.getAttribute("href").slice(1));
  let current = null;
  const visible = (item) => item.getClientRects().length > 0;
  const step = (direction) => {
    const shown = items.filter(visible);
    if (!shown.length) return;
    const from = current ? shown.indexOf(current) : -1;
    const next = shown[Math.min(Math.max(from + direction, 0), shown.length - 1)];
    if (current) current.classList.remove("current");
    current = next;
    current.classList.add("current");
    current.tabIndex = -1;
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "center" });
  };
  const sectionInView = () => {
    const passed = sections.map(byId).filter((section) => section && section.getBoundingClientRect().top < innerHeight / 3);
    return passed[passed.length - 1] || byId(sections[0]);
  };
  const toggleAll = () => {
    const inside = all("details", sectionInView());
    const open = inside.some((element) => !element.open);
    for (const element of inside) element.open = open;
  };
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    o: toggleAll,
    x: clear,
    f: () => { const first = speaker || kinds[0]; if (first) { byId("filters").open = true; first.scrollIntoView({ block: "center" }); first.focus(); } },
    c: () => { const button = current && current.querySelector(".copy"); if (button) copy(button); else say("Choose a finding first: j or k."); },
    i: () => { const box = byId("show-ids"); box.checked = !box.checked; },
    "?": () => help.showModal(),
    Escape: () => { panel.hidden = true; unlight(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element) || event.target.closest("input, select, textarea, dialog")) return;
    const act = /^[1-9]$/.test(event.key) ? () => goTo(sections[Number(event.key) - 1] || "") : acts[event.key];
    if (!act) return;
    if (event.key !== "Escape") event.preventDefault();
    act();
  });
  byId("help-button").addEventListener("click", () => help.showModal());
  for (const button of all("button", help)) button.addEventListener("click", () => help.close());

  // The section that is being read is marked in the navigation.
  const links = all(".side nav a");
  const mark = () => {
    const section = sectionInView();
    for (const link of links) {
      if (section && link.getAttribute("href") === "#" + section.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();

  // On paper nothing can be opened: what explains a finding is printed open, and folded again afterwards.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open]):not(.gap):not(.folded):not(.aside):not(.act):not(.evidence)");
    for (const element of opened) element.open = true;
  });
  addEventListener("afterprint", () => {
    for (const element of opened) element.open = false;
  });
})();
