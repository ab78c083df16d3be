// Also over TLS others on the network see how long a message is. So all that a phone sends in an exercise has
// one size, counted on the finished packet; `trainer/wire.py` does the same for what comes back.
const encoder = new TextEncoder();
const sizes = new WeakMap(); // the data of a message -> its size

/** `text` with spaces after it, up to `size` bytes; what is longer goes to the next multiple. */
export function padded(text, size) {
  if (!size) return text;
  const over = encoder.encode(text).length % size;
  return over ? text + " ".repeat(size - over) : text;
}

/** From now on `socket` fills up every message with `data` that was given to `sized`. */
export function padMessages(socket) {
  const packets = socket.io.encoder;
  const encode = packets.encode.bind(packets);
  packets.encode = (packet) => {
    const size = sizes.get(packet.data?.[1]);
    const [text, ...attachments] = encode(packet);
    return [padded(text, size), ...attachments];
  };
}

/** `data`, to be sent as a message of `size` bytes. */
export function sized(data, size) {
  sizes.set(data, Number(size) || 0);
  return data;
}
