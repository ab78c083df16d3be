// Also over TLS others on the network see how long a message is. So all that a phone sends in an exercise has
// one size, counted on the finished packet; `trainer/wire.py` does the same for what comes back.
const encoder = new TextEncoder();
/** Of the data of a message. @type {WeakMap<object, number>} */
const sizes = new WeakMap();

/**
 * `text` with spaces after it, up to `size` bytes; what is longer goes to the next multiple.
 * @param {string} text @param {number} [size]
 */
export function padded(text, size) {
  if (!size) return text;
  const over = encoder.encode(text).length % size;
  return over ? text + " ".repeat(size - over) : text;
}

/** From now on `socket` fills up every message with `data` that was given to `sized`. @param {{io: any}} socket */
export function padMessages(socket) {
  const packets = socket.io.encoder;
  const encode = packets.encode.bind(packets);
  packets.encode = (/** @type {{data?: any[]}} */ packet) => {
    const size = sizes.get(packet.data?.[1]);
    const [text, ...attachments] = encode(packet);
    return [padded(text, size), ...attachments];
  };
}

/**
 * `data`, to be sent as a message of `size` bytes.
 * @template {object} Data
 * @param {Data} data @param {number | string} size
 */
export function sized(data, size) {
  sizes.set(data, Number(size) || 0);
  return data;
}
