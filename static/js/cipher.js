// ChaCha20 (RFC 8439). A page on plain HTTP, which is what a LAN has, gets no WebCrypto but random numbers.
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
const ROUNDS = 10;
// Four columns, then four diagonals.
const QUARTERS = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
  [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
];

/** @param {Uint32Array} words @param {number[]} places */
function quarter(words, [a, b, c, d]) {
  /** @type {(to: number, by: number, from: number, bits: number) => void} */
  const mix = (to, by, from, bits) => {
    words[to] += words[by];
    const mixed = words[from] ^ words[to];
    words[from] = (mixed << bits) | (mixed >>> (32 - bits));
  };
  mix(a, b, d, 16);
  mix(c, d, b, 12);
  mix(a, b, d, 8);
  mix(c, d, b, 7);
}

/** @param {Uint8Array} bytes */
const littleEndian = (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, place) => view.getUint32(4 * place, true));
};

/** @param {Uint8Array} key @param {Uint8Array} nonce @param {number} counter */
function block(key, nonce, counter) {
  const begin = new Uint32Array([...CONSTANTS, ...littleEndian(key), counter, ...littleEndian(nonce)]);
  const words = begin.slice();
  for (let round = 0; round < ROUNDS; round += 1) for (const places of QUARTERS) quarter(words, places);
  const bytes = new DataView(new ArrayBuffer(64));
  words.forEach((word, place) => bytes.setUint32(4 * place, word + begin[place], true));
  return new Uint8Array(bytes.buffer);
}

/**
 * Locks and unlocks: `key` has 32 bytes, `nonce` 12, and no nonce may be used twice with a key.
 * @param {Uint8Array} key @param {Uint8Array} nonce @param {Uint8Array} data
 */
export function chacha20(key, nonce, data, counter = 1) {
  const result = new Uint8Array(data);
  for (let start = 0; start < result.length; start += 64) {
    const stream = block(key, nonce, counter + start / 64);
    for (let at = start; at < Math.min(start + 64, result.length); at += 1) result[at] ^= stream[at - start];
  }
  return result;
}

// How long a text was can say whose it was: this holds what nearly every exercise can ask of one phone.
const LEAST = 8192;
const SPACE = 32;
/** @param {string} hex */
const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** @typedef {{nonce: Uint8Array, data: Uint8Array}} Locked */

/**
 * A value as bytes that only the same key (in hex) makes readable again.
 * @param {string} hex @param {object} value
 * @returns {Locked}
 */
export function lock(hex, value) {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const data = new Uint8Array(Math.ceil(text.length / LEAST) * LEAST).fill(SPACE);
  data.set(text);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  return { nonce, data: chacha20(bytesOf(hex), nonce, data) };
}

/** What `lock` locked; throws when this is not the key. @param {string} hex @param {Locked} locked */
export function unlock(hex, { nonce, data }) {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(chacha20(bytesOf(hex), nonce, data)));
}

/**
 * What all pages with this key (in hex) have in common, and what tells nothing of it: no lock begins at zero.
 * @param {string} hex
 */
export function signOf(hex) {
  const bytes = chacha20(bytesOf(hex), new Uint8Array(12), new Uint8Array(16), 0);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
