// Makes the spoken clips: node clips.mjs <folder>. Each line of clips.vi.tsv and clips.en.tsv is a clip's name, a tab, and its text. A clip
// is a WAV of 16 bits, mono, trimmed of silence and as loud as every other, in <folder>/vi or <folder>/en.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const WORDS_A_MINUTE = "150"; // slower than talk: a hall echoes
const AMPLITUDE = "50"; // espeak-ng's default clips
const RATE = 22_050; // espeak-ng's own
const LOUDNESS = 10 ** (-22 / 20); // -22 dBFS, the RMS of speech: at -20 dBFS some clips would exceed the peak limit
const PEAK = 10 ** (-1 / 20); // -1 dBFS
const PAUSE = 0.4; // seconds: a longer silence separates two texts; within a text silences are shorter

// Seconds of silence before and after the speech of a clip: the rhythm of a call, whose clips are played without gaps.
const MARGINS = {
  call: [0.005, 0.08],
  letter: [0.005, 0.06],
  digit: [0.005, 0.06],
  "to-counter": [0.18, 0.02],
  hundreds: [0.005, 0.02],
  ones: [0.005, 0.03],
  number: [0.005, 0.03],
};

try {
  for (const language of ["vi", "en"]) makeClips(language, join(process.argv[2], language));
} catch (fault) {
  console.error(fault.message);
  process.exitCode = 1;
}

function makeClips(language, folder) {
  const list = join(dirname(fileURLToPath(import.meta.url)), `clips.${language}.tsv`);
  const clips = readFileSync(list, "utf8").trimEnd().split("\n").map(line => line.split("\t"));
  const spoken = split(speak(language, clips.map(([, text]) => text)));
  if (spoken.length !== clips.length) throw new Error(`${list}: ${clips.length} texts, of which espeak-ng said ${spoken.length}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [index, [name]] of clips.entries()) {
    const [before, after] = MARGINS[name] ?? MARGINS[name.split("-")[0]];
    writeFileSync(join(folder, `${name}.wav`), wav(level(trim(spoken[index], before, after))));
  }
}

/** One process says all texts, with pauses between them: one process a text takes a minute. */
function speak(language, texts) {
  const options = ["-v", language, "-m", "-s", WORDS_A_MINUTE, "-a", AMPLITUDE, "-g", "2", "-b", "1", "--stdin", "--stdout"];
  const said = spawnSync("espeak-ng", options, {
    input: texts.map(text => `${text} <break time="600ms"/>\n`).join(""),
    maxBuffer: 1 << 28,
  });
  if (said.error?.code === "ENOENT") throw new Error("espeak-ng is missing; it says the clips of the voice: install the Debian package espeak-ng");
  if (said.error !== undefined) throw said.error;
  if (said.status !== 0) throw new Error(`espeak-ng ended with ${said.status}: ${said.stderr}`);
  const file = said.stdout;
  if (file.readUInt32LE(24) !== RATE) throw new Error(`espeak-ng speaks at ${file.readUInt32LE(24)} Hz, not at ${RATE}`);
  return Float64Array.from({ length: (file.length - 44) >> 1 }, (_, index) => file.readInt16LE(44 + 2 * index) / 32_768);
}

function split(sound) {
  const parts = [];
  let [start, end] = [-1, -1];
  for (let index = 0; index < sound.length; index++) {
    if (Math.abs(sound[index]) < 0.0001) continue;
    if (start >= 0 && index - end > PAUSE * RATE) {
      parts.push(sound.subarray(start, end));
      start = index;
    }
    if (start < 0) start = index;
    end = index + 1;
  }
  if (start >= 0) parts.push(sound.subarray(start, end));
  return parts;
}

/** The RMS of each whole frame. */
function frames(sound, milliseconds) {
  const length = Math.round((RATE * milliseconds) / 1_000);
  return Array.from({ length: Math.floor(sound.length / length) }, (_, frame) => rms(sound.subarray(frame * length, (frame + 1) * length)));
}

function rms(values) {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** Keeps the sound from the first to the last 5 ms frame within 45 dB of the loudest one, fades it in and out, and adds the margins. */
function trim(sound, before, after) {
  const levels = frames(sound, 5);
  const audible = Math.max(...levels) * 10 ** (-45 / 20);
  const frame = Math.round(RATE * 0.005);
  const start = levels.findIndex(level => level > audible) * frame;
  const spoken = sound.subarray(start, (levels.findLastIndex(level => level > audible) + 1) * frame);
  const silence = Math.round(before * RATE);
  const cut = new Float64Array(silence + spoken.length + Math.round(after * RATE));
  spoken.forEach((sample, index) => { cut[silence + index] = sample * Math.min(1, index / frame, (spoken.length - index) / frame); });
  return cut;
}

/** Brings speech to one loudness; speech is the 20 ms frames within 30 dB of the loudest one. */
function level(sound) {
  const levels = frames(sound, 20);
  const speech = levels.filter(level => level > Math.max(...levels) * 10 ** (-30 / 20));
  const peak = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const gain = Math.min(LOUDNESS / rms(speech), PEAK / peak);
  return sound.map(sample => sample * gain);
}

function wav(sound) {
  const file = Buffer.alloc(44 + 2 * sound.length);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + 2 * sound.length, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // mono
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(2 * RATE, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(2 * sound.length, 40);
  sound.forEach((sample, index) => file.writeInt16LE(Math.round(sample * 32_767), 44 + 2 * index));
  return file;
}
