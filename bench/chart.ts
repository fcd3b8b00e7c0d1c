// Charts as SVG.
import type { Result } from "./peers.ts";

const colours = ["#8a8f98", "#c2410c", "#0f766e", "#4d7c0f", "#1d4ed8", "#7e22ce", "#334155", "#a16207", "#be185d"];
const left = 300;
const width = 640;
const bar = 11;

/** Draws the ratios of all tasks; a bar longer than 1.6 times the raw driver is cut, and says its number. */
export function chart(
  title: string,
  peers: readonly string[],
  tasks: readonly { title: string; results: readonly Result[] }[],
): string {
  const most = 1.6;
  const x = (ratio: number): number => left + (Math.min(ratio, most) / most) * width;
  const parts: string[] = [];
  let y = 64 + 18 * Math.ceil(peers.length / 5);
  peers.forEach((peer, i) => {
    const column = 20 + (i % 5) * 190;
    const row = 46 + 18 * Math.floor(i / 5);
    parts.push(
      `<rect x="${column}" y="${row}" width="11" height="11" fill="${colours[i]}"/><text x="${column + 17}" y="${row + 10}">${escaped(peer)}</text>`,
    );
  });
  const top = y - 6;
  for (const task of tasks) {
    parts.push(
      `<text x="${left - 10}" y="${y + 12}" text-anchor="end" font-weight="600">${escaped(task.title)}</text>`,
    );
    for (const { peer, ratio } of task.results) {
      parts.push(
        `<rect x="${left}" y="${y}" width="${(x(ratio[1]) - left).toFixed(1)}" height="${bar - 2}" fill="${colours[peers.indexOf(peer)]}"><title>${escaped(peer)}: ${ratio[1].toFixed(2)}</title></rect>`,
        `<text x="${(x(ratio[1]) + 5).toFixed(1)}" y="${y + 8}" font-size="9" fill="#555">${ratio[1].toFixed(2)}</text>`,
      );
      y += bar;
    }
    y += 12;
  }
  const line = x(1).toFixed(1);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 60}" height="${y + 10}" font-family="system-ui, sans-serif" font-size="12">
<title>${escaped(title)}: speed relative to the raw driver</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="20" y="28" font-size="17" font-weight="700">${escaped(title)}: speed relative to the raw driver by hand (longer is faster)</text>
<line x1="${line}" x2="${line}" y1="${top}" y2="${y}" stroke="#8a8f98" stroke-dasharray="3 3"/>
${parts.join("\n")}
</svg>
`;
}

interface Panel {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[];
}

/** Draws panels beside each other, a line for each name, all on one scale. */
export function lineCharts(title: string, panels: readonly Panel[]): string {
  const [panelWidth, panelHeight, margin] = [260, 220, 50];
  const all = panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points));
  const mostX = Math.max(...all.map(([x]) => x));
  const mostY = Math.max(...all.map(([, y]) => y));
  const parts = panels.map((panel, i) => {
    const x0 = margin + i * (panelWidth + margin);
    const y0 = 80 + panelHeight;
    const at = ([x, y]: readonly [number, number]): string =>
      `${(x0 + (x / mostX) * panelWidth).toFixed(1)},${(y0 - (y / mostY) * panelHeight).toFixed(1)}`;
    const lines = panel.lines.map(({ points, name }, n) => {
      const [x, y] = at(points.at(-1) ?? [0, 0]).split(",");
      return `<polyline points="${points.map(at).join(" ")}" fill="none" stroke="${colours[n + 1]}" stroke-width="2"/><text x="${Number(x) - 4}" y="${Number(y) - 5}" text-anchor="end" fill="${colours[n + 1]}">${escaped(name)} ${points.at(-1)?.[1].toFixed(2) ?? ""}</text>`;
    });
    const ticks = [...new Set(panel.lines.flatMap(({ points }) => points.map(([x]) => x)))].map(
      (x) => `<text x="${x0 + (x / mostX) * panelWidth}" y="${y0 + 16}" text-anchor="middle" fill="#555">${x}</text>`,
    );
    return `<text x="${x0}" y="66" font-weight="600">${escaped(panel.title)}</text><path d="M${x0} ${y0 - panelHeight}V${y0}h${panelWidth}" fill="none" stroke="#8a8f98"/>${[...ticks, ...lines].join("\n")}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${margin + panels.length * (panelWidth + margin)}" height="${panelHeight + 120}" font-family="system-ui, sans-serif" font-size="12">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="20" y="28" font-size="17" font-weight="700">${escaped(title)}</text>
${parts.join("\n")}
</svg>
`;
}

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
