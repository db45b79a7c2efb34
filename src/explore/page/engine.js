// Who answers the page: the program on this machine, or the simulator in workers of this browser. Both have
// `get` and `post` (a Response), `run` (tells every event, gives mistakes if there are any), `stop`, and `link` (makes an
// anchor save a file of a run).

/** The program, asked over the loopback address. */
class Program {
  get(path) { return fetch(path); }

  post(path, choice, signal) {
    const headers = { "Content-Type": "application/json" };
    return fetch(path, { method: "POST", headers, body: JSON.stringify(choice), signal });
  }

  async run(choice, tell, signal) {
    const reply = await this.post("run", choice, signal);
    if (!reply.ok) return mistakes(reply);
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return null;
      const pieces = (rest + value).split("\n");
      rest = pieces.pop();
      for (const piece of pieces) tell(JSON.parse(piece));
    }
  }

  stop() { this.post("cancel", {}); }

  link(anchor, path) { anchor.href = path; }
}

/** What is wrong with a choice that was not run. */
async function mistakes(reply) {
  return reply.status === 422 ? (await reply.json()).problems : [{ message: await reply.text() }];
}

/** A worker that holds one simulator. */
class Desk {
  constructor(module) {
    this.module = module;
    this.begin();
  }

  begin() {
    this.waiting = new Map();
    this.count = 0;
    this.worker = new Worker(globalThis.mainstreetWorker ?? "worker.js");
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    this.worker.addEventListener("error", (event) => this.fail(event.message));
    this.worker.postMessage({ module: this.module });
  }

  /** A simulator that broke down is replaced by a fresh one. */
  fail(message) {
    const { waiting } = this;
    this.worker.terminate();
    this.begin();
    for (const { reject } of waiting.values()) reject(new Error(message));
  }

  hear({ id, lines, answer, failure }) {
    if (failure) { this.fail(failure); return; }
    const waiting = this.waiting.get(id);
    if (lines) { waiting?.tell?.(lines); return; }
    this.waiting.delete(id);
    waiting?.resolve(answer);
  }

  ask(request, tell) {
    this.count += 1;
    const id = this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, tell });
      this.worker.postMessage({ id, request });
    });
  }
}

/** Pairs whose mean and spread are shown. */
export const MANY = 8;

/** The simulator in workers of this browser. */
class Workers {
  constructor(module) {
    this.module = module;
    this.desk = new Desk(module);
    this.others = [];
  }

  async get(path) { return asResponse(await this.desk.ask({ path })); }

  async post(path, choice) { return asResponse(await this.desk.ask({ path, choice })); }

  run(choice, tell, signal) { return this.follow(this.desk, { path: "run", choice }, tell, signal); }

  async follow(desk, request, tell, signal) {
    signal?.addEventListener("abort", () => desk.ask({ path: "cancel" }).catch(() => {}), { once: true });
    const all = (lines) => lines.split("\n").filter(Boolean).forEach((line) => tell(JSON.parse(line)));
    const answer = await desk.ask(request, all);
    return answer.status === 200 ? null : mistakes(asResponse(answer));
  }

  /** Runs several pairs with draws of their own on all cores; `tell` hears the number of the pair with every event. */
  async many(choice, tell, signal) {
    const cores = Math.min(MANY, navigator.hardwareConcurrency || 2);
    while (this.others.length < cores) this.others.push(new Desk(this.module));
    let next = 0;
    const drive = async (desk) => {
      while (next < MANY && !signal.aborted) {
        const replicate = next;
        next += 1;
        const wrong = await this.follow(desk, { path: "run", choice, replicate }, (event) => tell(event, replicate), signal);
        if (wrong) return wrong;
      }
      return null;
    };
    const found = await Promise.all(this.others.map(drive));
    return found.find(Boolean) ?? null;
  }

  stop() { this.desk.ask({ path: "cancel" }).catch(() => {}); }

  link(anchor, path) {
    anchor.href = "#";
    anchor.onclick = async (event) => {
      event.preventDefault();
      const { body, mime, file } = await this.desk.ask({ path });
      save(new Blob([body], { type: mime }), file ?? path.split("/").pop());
    };
  }
}

function asResponse({ status, mime, body }) {
  return new Response(body, { status, headers: { "Content-Type": mime } });
}

/** Hands a file to whoever sits before the page. */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** The engine that the page was built with. */
export async function engine() {
  if (document.documentElement.dataset.engine !== "worker") return new Program();
  const bytes = globalThis.mainstreetModule ?? await (await fetch("mainstreet.wasm")).arrayBuffer();
  return new Workers(await WebAssembly.compile(bytes));
}
