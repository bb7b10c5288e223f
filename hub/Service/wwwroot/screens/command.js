// Commands to the hub, through the same interface that any program has.

/** A key for Idempotency-Key; crypto.randomUUID is missing where a hall is served without TLS. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Sends a command, a second time with the same key where no answer came: the hub acts once.
 * @returns {Promise<Response | null>} null where the hub did not answer at all
 */
export async function send(method, path, body, key = newKey()) {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return await fetch(path, {
        method,
        headers: { "Content-Type": "application/json", "Idempotency-Key": key },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(8_000),
      });
    } catch (unanswered) {
      console.debug(`${path} was not answered:`, unanswered.message);
    }
  }
  return null;
}

/** A refusal in the page's language: problem documents carry English as title and Vietnamese as detail. */
export async function refusal(response) {
  const problem = response.headers.get("Content-Type")?.includes("problem+json") ? await response.json() : {};
  const words = document.documentElement.lang === "en" ? problem.title ?? problem.detail : problem.detail ?? problem.title;
  return { code: problem.code, words: words ?? `${response.status}` };
}
