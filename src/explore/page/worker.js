// One simulator in a worker of the browser. A run lives on between messages, so that it can be ended at any month.
import { simulator } from "./wasm.js";

const PLACES = "places.z";
/** Milliseconds of months between two looks at the messages. */
const STRETCH = 25;
let desk = null;
let running = null;
let hasPlaces = false;

const text = (bytes) => new TextDecoder().decode(bytes);
/** Lets messages in. */
const pause = () => new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });

/** The table of real places, fetched when the first is asked for. */
async function learnPlaces(choice) {
  const asked = choice?.settings?.["town.place"];
  if (!asked || hasPlaces) return;
  hasPlaces = true;
  const packed = self.mainstreetPlaces ?? await (await fetch(PLACES)).arrayBuffer();
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  (await desk).learnPlaces(new Uint8Array(await new Response(plain).arrayBuffer()));
}

async function live(id) {
  const mine = { id };
  running = mine;
  const simulated = await desk;
  for (;;) {
    let lines = "";
    const until = performance.now() + STRETCH;
    let more = true;
    while (more && performance.now() < until) {
      const step = text(simulated.ask({ path: "step" }).body);
      lines += step;
      more = step !== "" && !/"kind":"(finished|failed)"/.test(step);
    }
    if (lines) self.postMessage({ id, lines });
    if (!more) return;
    await pause();
    if (running !== mine) return;
  }
}

async function answer(id, request) {
  await learnPlaces(request.choice);
  const found = (await desk).ask(request);
  if (request.path === "run" && found.status === 200) {
    self.postMessage({ id, lines: text(found.body) });
    await live(id);
  } else if (request.path === "cancel" || request.path === "run") running = null;
  self.postMessage({ id, answer: found });
}

self.addEventListener("message", ({ data: { module, id, request } }) => {
  if (module) desk = simulator(module);
  else answer(id, request).catch((error) => self.postMessage({ id, failure: `the simulator broke down (${error.message})` }));
});
