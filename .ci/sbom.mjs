// Makes the bill of materials of the lock files: node sbom.mjs PACKAGES RUNTIME TIME FILE.
//   PACKAGES  the folder of restored NuGet packages
//   RUNTIME   the version of .NET that the programs are shipped with
//   TIME      of the version described, so that the same sources give the same file
// What is needed to build or to test only has the scope "excluded".
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const [packages, runtime, time, file] = process.argv.slice(2);
const platforms = ["linux-x64", "linux-arm64", "win-x64"];
const read = path => readFileSync(path, "utf8").replace(/^\uFEFF/, "");
const json = path => JSON.parse(read(path));
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function find(name, folder = ".") {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory()
      ? ["node_modules", "artifacts", "bin", "obj", ".git"].includes(entry.name) ? [] : find(name, join(folder, entry.name))
      : entry.name === name ? [join(folder, entry.name)] : []).sort(byText);
}

const [, version] = read("Directory.Build.props").match(/<Version>(.+)<\/Version>/);
const programs = [...read(".ci/publish.proj").matchAll(/<Shipped Include="\.\.\/([^"]+)" Folder="([^"]+)"/g)]
  .map(([, project, name]) => ({ name, lock: normalize(join(dirname(project), "packages.lock.json")) }));
const forBuild = new Set([...read("Directory.Packages.props").split('<ItemGroup Label="build">')[1].split("</ItemGroup>")[0].matchAll(/Include="([^"]+)"/g)]
  .map(([, name]) => name.toLowerCase()));

const components = new Map();
const dependencies = new Map();

function add(ref, isShipped, describe) {
  const known = components.get(ref) ?? { type: "library", "bom-ref": ref, ...describe(), purl: ref, scope: "excluded" };
  if (isShipped) known.scope = "required";
  components.set(ref, known);
  return ref;
}

function depend(ref, ...others) {
  dependencies.set(ref, new Set([...(dependencies.get(ref) ?? []), ...others]));
}

// A licence is an identifier or expression of SPDX, a file of the package, or an address.
function licences(kind, text) {
  if (!text) return {};
  if (kind === "expression") return { licenses: [/[ (]/.test(text) ? { expression: text } : { license: { id: text } }] };
  return { licenses: [{ license: kind === "url" ? { name: "see url", url: text } : { name: `file ${text} of the package` } }] };
}

const hashes = (alg, base64) => ({ hashes: [{ alg, content: Buffer.from(base64, "base64").toString("hex") }] });

// The hash of the lock file is over the content without a signature; the one of the restored file is what a download can be compared with.
function describeNuGet(name, number, contentHash) {
  const folder = join(packages, name.toLowerCase(), number.toLowerCase());
  const hash = join(folder, `${name}.${number}.nupkg.sha512`.toLowerCase());
  const spec = join(folder, `${name}.nuspec`.toLowerCase());
  const [, kind, licence] = (existsSync(spec) && read(spec).match(/<license type="(expression|file)"[^>]*>([^<]+)<\/license>/)) || [];
  const [, url] = (existsSync(spec) && read(spec).match(/<licenseUrl>([^<]+)<\/licenseUrl>/)) || [];
  return {
    name,
    version: number,
    ...(existsSync(hash) ? hashes("SHA-512", read(hash)) : {}),
    ...(licence ? licences(kind, licence.trim()) : licences("url", url?.trim())),
    ...(contentHash ? { properties: [{ name: "nuget:contentHash", value: contentHash }] } : {}),
  };
}

const nuGetRef = (name, number) => `pkg:nuget/${name}@${number}`;

const runtimes = platforms.flatMap(platform => ["Microsoft.NETCore.App.Runtime", "Microsoft.AspNetCore.App.Runtime"].map(name =>
  add(nuGetRef(`${name}.${platform}`, runtime), true, () => describeNuGet(`${name}.${platform}`, runtime))));

for (const lock of find("packages.lock.json")) {
  const program = programs.find(one => one.lock === lock);
  const shipped = Boolean(program);
  for (const framework of Object.values(json(lock).dependencies)) {
    const all = Object.entries(framework);
    const refs = new Map(all.filter(([, one]) => one.type !== "Project").map(([name, one]) => [name.toLowerCase(), nuGetRef(name, one.resolved)]));
    const refsOf = one => Object.keys(one.dependencies ?? {}).map(name => refs.get(name.toLowerCase())).filter(Boolean);
    for (const [name, one] of all) {
      if (one.type === "Project") {
        if (program) depend(program.name, ...refsOf(one));
        continue;
      }

      const isShipped = shipped && !forBuild.has(name.toLowerCase());
      const ref = add(refs.get(name.toLowerCase()), isShipped, () => describeNuGet(name, one.resolved, one.contentHash));
      depend(ref, ...refsOf(one));
      if (program && isShipped && one.type === "Direct") depend(program.name, ref);
    }
  }

  if (program) depend(program.name, ...runtimes);
}

for (const lock of find("package-lock.json")) {
  const isTest = lock.startsWith("tests");
  const all = Object.entries(json(lock).packages).filter(([path]) => path);
  const nameOf = path => path.split("node_modules/").at(-1);
  const refOf = (path, one) => `pkg:npm/${nameOf(path).replace("@", "%40")}@${one.version}`;
  const refs = new Map(all.map(([path, one]) => [nameOf(path), refOf(path, one)]));
  for (const [path, one] of all) {
    const [algorithm, hash] = one.integrity.split(/-(.*)/);
    const ref = add(refOf(path, one), !isTest && !one.dev, () => ({
      ...(path.includes("/@") ? { group: nameOf(path).split("/")[0], name: nameOf(path).split("/")[1] } : { name: nameOf(path) }),
      version: one.version,
      ...hashes(algorithm.toUpperCase().replace("SHA", "SHA-"), hash),
      ...licences("expression", one.license),
    }));
    depend(ref, ...Object.keys(one.dependencies ?? {}).map(name => refs.get(name)).filter(Boolean));
    if (components.get(ref).scope === "required") for (const program of programs) depend(program.name, ref);
  }
}

for (const { name } of programs) {
  components.set(name, { type: "application", "bom-ref": name, name, version, scope: "required", licenses: [{ license: { id: "MIT" } }] });
  depend("reception", name);
}

const bom = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  metadata: {
    timestamp: time,
    component: { type: "application", "bom-ref": "reception", name: "reception", version, licenses: [{ license: { id: "MIT" } }] },
  },
  components: [...components.values()].sort((a, b) => byText(a["bom-ref"], b["bom-ref"])),
  dependencies: [...dependencies].sort(([a], [b]) => byText(a, b)).map(([ref, others]) => ({ ref, dependsOn: [...others].sort(byText) })),
};
const [, a, b, c, d, e] = createHash("sha256").update(JSON.stringify(bom)).digest("hex").match(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})/);
const { bomFormat, specVersion, ...rest } = bom;
writeFileSync(file, JSON.stringify({ bomFormat, specVersion, serialNumber: `urn:uuid:${a}-${b}-5${c}-8${d}-${e}`, ...rest }, null, 2) + "\n");
