// The simulator as WebAssembly: requests in, answers out. Shared by the worker and the tests.

/** Starts the simulator from the bytes of its module, or a compiled module. */
export async function simulator(module) {
  const started = await WebAssembly.instantiate(module, {});
  const { exports } = started.instance ?? started;
  const write = (bytes) => {
    // Making room may replace the memory, so it comes first.
    const place = exports.room(bytes.length);
    new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
  };
  return {
    /** Asks once; `body` is bytes of its own. */
    ask(request) {
      write(new TextEncoder().encode(JSON.stringify(request)));
      const length = exports.ask();
      const place = exports.answer();
      const answer = new Uint8Array(exports.memory.buffer, place, length);
      const view = new DataView(answer.buffer, answer.byteOffset, length);
      const head = 6 + view.getUint32(2, true);
      const { mime, file } = JSON.parse(new TextDecoder().decode(answer.slice(6, head)));
      return { status: view.getUint16(0, true), mime, file, body: answer.slice(head) };
    },
    /** Hands in the table of real places, by columns. */
    learnPlaces(bytes) {
      write(bytes);
      return exports.places() === 1;
    },
    memory: () => exports.memory.buffer.byteLength,
  };
}
