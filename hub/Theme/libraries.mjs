// Copies what the screens use of the npm packages into wwwroot/lib: fonts, scripts, one sprite of icons, and the licences.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [packages, lib] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const read = (...path) => readFileSync(join(...path), "utf8");

rmSync(lib, { recursive: true, force: true });
mkdirSync(join(lib, "fonts"), { recursive: true });

const font = join(packages, "@fontsource/be-vietnam-pro");
const faces = [400, 500, 600, 700, 800].flatMap(weight =>
  [...read(font, `${weight}.css`).matchAll(/@font-face \{[^}]*\}/g)].map(match => match[0]));
const rules = [];
for (const face of faces) {
  const [, name, subset] = face.match(/files\/(be-vietnam-pro-(vietnamese|latin|latin-ext)-\d+-normal)\.woff2/);
  if (subset === "latin-ext") continue;
  cpSync(join(font, "files", `${name}.woff2`), join(lib, "fonts", `${name}.woff2`));
  rules.push(face.replace(/src: [^;]*;/, `src: url(fonts/${name}.woff2) format("woff2");`));
}
writeFileSync(join(lib, "fonts.css"), rules.join("\n") + "\n");

cpSync(join(packages, "htmx.org/dist/htmx.min.js"), join(lib, "htmx.min.js"));
cpSync(join(packages, "echarts/dist/echarts.min.js"), join(lib, "echarts.min.js"));
cpSync(join(packages, "idiomorph/dist/idiomorph-ext.min.js"), join(lib, "idiomorph-ext.min.js"));
cpSync(join(packages, "idiomorph/dist/idiomorph.esm.js"), join(lib, "idiomorph.esm.js"));

const icons = read(here, "icons.txt").split(/\s+/).filter(Boolean);
const symbols = icons.map(name => {
  const drawing = read(packages, "lucide-static/icons", `${name}.svg`).match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s+/g, " ").trim()}</symbol>`;
});
// A comment in XML holds no two hyphens in a row.
const notice = read(packages, "lucide-static/LICENSE").replaceAll(/-{2,}/g, dashes => dashes.split("").join(" "));
writeFileSync(join(lib, "icons.svg"),
  `<!-- Icons of lucide.\n${notice}\n-->\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);

const owners = ["@fontsource/be-vietnam-pro", "htmx.org", "idiomorph", "echarts", "zrender", "lucide-static"];
writeFileSync(join(lib, "LICENSES.txt"),
  owners.map(name => `== ${name}\n\n${read(packages, name, "LICENSE").trim()}\n`).join("\n"));
