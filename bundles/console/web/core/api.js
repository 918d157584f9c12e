/** Requests to the console. Every answer is JSON; one that is not done becomes an {@link ApiError} with a sentence for people. */

/** A request that was not done. */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 when the console could not be reached
   * @param {string} message for people
   * @param {Record<string, any>} body the whole answer
   */
  constructor(status, message, body = {}) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** After so long the console counts as not to be reached; a swap and a resume wait for devices. */
const LONGEST_MS = {GET: 30_000, other: 90_000};

let csrf = '';

/** @param {string} value what requests that change something carry */
export function withCsrf(value) { csrf = value; }

/**
 * @param {string} method
 * @param {string} path as of the root
 * @param {any} [body]
 * @returns {Promise<any>}
 */
export async function request(method, path, body) {
  /** @type {Record<string, string>} */
  const headers = {Accept: 'application/json'};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (csrf && method !== 'GET') headers['X-Anodyne-Csrf'] = csrf;
  let response, text;
  try {
    response = await fetch(path, {method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'same-origin', cache: 'no-store',
      signal: AbortSignal.timeout(method === 'GET' ? LONGEST_MS.GET : LONGEST_MS.other)});
    text = await response.text();
  } catch (e) {
    throw new ApiError(0, 'offline');
  }
  let said = {};
  try { said = text ? JSON.parse(text) : {}; } catch (e) { said = {message: text.slice(0, 200)}; }
  if (!response.ok) {
    const message = /** @type {any} */ (said).message;
    throw new ApiError(response.status, message || `${response.status} ${response.statusText}`, said);
  }
  return said;
}

/** @param {string} path behind /api */
export const get = path => request('GET', '/api' + path);
/** @param {string} path behind /api @param {any} [body] */
export const post = (path, body = {}) => request('POST', '/api' + path, body);
/** @param {string} path behind /api @param {any} body */
export const put = (path, body) => request('PUT', '/api' + path, body);
/** @param {string} path behind /api */
export const remove = path => request('DELETE', '/api' + path, {});

/**
 * Who one is; null for a stranger.
 * @returns {Promise<{who: string, role: string, session: string, csrf: string} | null>}
 */
export async function me() {
  try {
    const said = await get('/me');
    withCsrf(said.csrf);
    return said;
  } catch (e) {
    if (e instanceof ApiError && e.status === 401) return null;
    throw e;
  }
}
