// Searches the pages where they are read: the index is loaded when somebody begins to search, also from files on disk.
(() => {
  const { root } = document.body.dataset;
  const input = document.querySelector(".search input");
  const list = document.querySelector(".search ol");
  let entries = [];
  window.searchIndex = (found) => {
    entries = found.map((entry) => ({
      ...entry,
      name: entry.section.toLowerCase(),
      words: `${entry.page} ${entry.text}`.toLowerCase(),
    }));
    show();
  };

  let isLoading = false;
  function load() {
    if (isLoading) return;
    isLoading = true;
    const script = document.createElement("script");
    script.src = `${root}search-index.js`;
    document.head.append(script);
  }

  /** Every word must be there; what a section is called counts most, then the beginning of a word, and pages before lists. */
  function score({ name, words, href }, wanted) {
    let sum = /^CHANGELOG|features|reference\/(dialect|conformance)/.test(href) ? 0.1 : 4;
    for (const word of wanted) {
      if (name === word || name.endsWith(`.${word}`)) sum += 100;
      else if (name.startsWith(word)) sum += 40;
      else if (name.includes(word)) sum += 20;
      else if (` ${words}`.includes(` ${word}`)) sum += 5;
      else if (words.includes(word)) sum += 1;
      else return 0;
    }
    return sum - name.length / 1000;
  }

  function show() {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found =
      wanted.length === 0
        ? []
        : entries
            .map((entry) => ({ entry, score: score(entry, wanted) }))
            .filter((one) => one.score > 0)
            .sort((a, b) => b.score - a.score)
            .slice(0, 12);
    list.replaceChildren(
      ...found.map(({ entry }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = root + entry.href;
        const section = document.createElement("b");
        section.textContent = entry.section;
        const page = document.createElement("span");
        page.textContent = entry.page === entry.section ? "" : entry.page;
        link.append(section, page);
        item.append(link);
        return item;
      }),
    );
    list.hidden = found.length === 0;
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", show);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== input) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape") {
      input.blur();
      list.hidden = true;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const links = [...list.querySelectorAll("a")];
      if (list.hidden || links.length === 0) return;
      event.preventDefault();
      const at = links.indexOf(document.activeElement);
      links[(at + (event.key === "ArrowDown" ? 1 : links.length - (at === -1 ? 0 : 1))) % links.length].focus();
    } else if (event.key === "Enter" && document.activeElement === input) list.querySelector("a")?.click();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) list.hidden = true;
  });
  const pages = document.querySelector("nav details");
  pages.open = window.matchMedia("(min-width: 60rem)").matches;
})();
