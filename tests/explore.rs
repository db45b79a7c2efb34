//! The explorer from outside: the program is started and asked over HTTP, as a browser would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A page that is served until the test is over.
struct Page {
    program: Child,
    host: String,
    token: String,
}

impl Drop for Page {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Page {
    fn open() -> Page {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mainstreet"))
            .args(["explore", "--quiet"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let out = program.stdout.take().expect("stdout is piped");
        let mut address = String::new();
        BufReader::new(out)
            .read_line(&mut address)
            .expect("the address is printed");
        let rest = address.trim().strip_prefix("http://").expect("an address");
        let (host, token) = rest.split_once('/').expect("a host and a token");
        assert!(host.starts_with("127.0.0.1:"), "{address}");
        Page {
            program,
            host: host.to_owned(),
            token: token.trim_end_matches('/').to_owned(),
        }
    }

    /// Sends a request and gives the connection, to be read.
    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut connection = TcpStream::connect(&self.host).expect("the page listens");
        let timeout = Some(Duration::from_secs(120));
        connection.set_read_timeout(timeout).expect("a timeout");
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        connection.write_all(text.as_bytes()).expect("it listens");
        connection
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut text = String::new();
        self.send(method, path, headers, body)
            .read_to_string(&mut text)
            .expect("an answer in UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok());
        Answer {
            status: status.expect("a status"),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        let path = format!("/{}/{path}", self.token);
        self.ask("GET", &path, &[("Host", &self.host)], "")
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        let path = format!("/{}/{path}", self.token);
        self.ask("POST", &path, &self.headers(), &body.to_string())
    }

    fn headers(&self) -> [(&str, &str); 2] {
        [("Host", &self.host), ("Content-Type", "application/json")]
    }

    /// Starts a run and gives its events as they come.
    fn run(&self, choice: &Value) -> Events {
        let path = format!("/{}/run", self.token);
        let connection = self.send("POST", &path, &self.headers(), &choice.to_string());
        let mut lines = BufReader::new(connection);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            lines.read_line(&mut head).expect("a head");
        }
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        assert!(head.contains("Transfer-Encoding: chunked"), "{head}");
        Events { lines }
    }
}

/// The events of a run: each is a chunk of one line.
struct Events {
    lines: BufReader<TcpStream>,
}

impl Iterator for Events {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        let mut line = || {
            let mut text = String::new();
            self.lines
                .read_line(&mut text)
                .expect("the stream is whole");
            text
        };
        let size = usize::from_str_radix(line().trim(), 16).expect("the size of a chunk");
        let text = line();
        if size == 0 {
            return None;
        }
        assert_eq!(text.len(), size, "a chunk is a line");
        assert_eq!(line(), "\r\n");
        Some(serde_json::from_str(&text).expect("an event is JSON"))
    }
}

fn small(months: u32) -> Value {
    json!({
        "scenario": "fast-ai",
        "name": "my-test",
        "settings": {
            "town.kind": "factory",
            "town.residents": "2500",
            "run.months": months.to_string(),
            "run.burn_in_months": "6",
            "run.seed": "7",
            "automation.awareness": ".5",
            "automation.optimism": "0.0",
        },
    })
}

fn events_of<'a>(events: &'a [Value], kind: &str, who: &str) -> Vec<&'a Value> {
    let wanted = |event: &&Value| event["kind"] == kind && event["who"] == who;
    events.iter().filter(wanted).collect()
}

#[test]
fn strangers_are_refused() {
    let page = Page::open();
    let path = format!("/{}/", page.token);
    let host = page.host.as_str();
    let ask = |path: &str, headers: &[(&str, &str)]| page.ask("GET", path, headers, "");
    let answer = ask(&path, &[("Host", host)]);
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("<title>mainstreet explorer</title>"));
    assert!(
        answer
            .head
            .contains("Content-Security-Policy: default-src 'none'")
    );
    let port = host.split_once(':').expect("a port").1;
    let local = format!("localhost:{port}");
    assert_eq!(ask(&path, &[("Host", &local)]).status, 200);

    for other in [
        "/",
        "/index.html",
        "/00000000000000000000000000000000/",
        "/catalogue.json",
    ] {
        let answer = ask(other, &[("Host", host)]);
        assert_eq!(answer.status, 403, "{other}");
        assert!(!answer.body.contains(&page.token));
    }
    let wrong = format!("rebound.example:{port}");
    assert_eq!(ask(&path, &[("Host", &wrong)]).status, 403);
    assert_eq!(ask(&path, &[]).status, 403);
    let foreign = [("Host", host), ("Origin", "http://example.org")];
    assert_eq!(ask(&path, &foreign).status, 403);
    let own = format!("http://{host}");
    assert_eq!(ask(&path, &[("Host", host), ("Origin", &own)]).status, 200);
}

#[test]
fn no_address_leads_to_a_file() {
    let page = Page::open();
    for path in [
        "../Cargo.toml",
        "..%2fCargo.toml",
        "runs/1/../../app.js",
        "runs/1/scenario.toml",
        "runs/x/indicators.csv",
        "page/app.js",
        "//etc/passwd",
    ] {
        assert_eq!(page.get(path).status, 404, "{path}");
    }
    // What a form of another site could send is not taken.
    let path = format!("/{}/run", page.token);
    let answer = page.ask(
        "POST",
        &path,
        &[("Host", &page.host), ("Content-Type", "text/plain")],
        "{}",
    );
    assert_eq!(answer.status, 415);
    assert_eq!(page.post("run", &json!({ "scenario": 3 })).status, 400);
    let delete = page.ask("DELETE", &path, &[("Host", &page.host)], "");
    assert_eq!(delete.status, 405);
}

#[test]
fn months_stream_in_beside_the_baseline_and_are_those_of_a_run() {
    let page = Page::open();
    let events: Vec<Value> = page.run(&small(14)).collect();
    assert_eq!(events[0]["kind"], "started");
    assert_eq!(
        (&events[0]["months"], &events[0]["burn_in"]),
        (&json!(14), &json!(6))
    );
    assert_eq!(events[0]["is_baseline"], false);
    for who in ["yours", "baseline"] {
        let months = events_of(&events, "month", who);
        let numbers: Vec<_> = months.iter().map(|event| event["month"].as_u64()).collect();
        assert_eq!(numbers, (0..14).map(Some).collect::<Vec<_>>(), "{who}");
        assert_eq!(events_of(&events, "burn_in", who).len(), 6, "{who}");
    }
    let last = events.last().expect("there are events");
    assert_eq!(last["kind"], "finished");
    let run = &last["run"];
    assert_ne!(
        events_of(&events, "month", "yours")
            .last()
            .map(|e| &e["values"]),
        events_of(&events, "month", "baseline")
            .last()
            .map(|e| &e["values"]),
    );

    // The file that was run, by the program itself: the same table to the byte.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let toml = page.get(&format!("runs/{run}/scenario.toml"));
    assert!(
        toml.head.contains("filename=\"my-test.toml\""),
        "{}",
        toml.head
    );
    let file = folder.path().join("my-test.toml");
    std::fs::write(&file, &toml.body).expect("the folder takes a file");
    let mainstreet = |arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_mainstreet"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    };
    mainstreet(&["check", "my-test.toml"]);
    mainstreet(&["run", "my-test.toml", "--out", "out"]);
    let table = |path: &Path| std::fs::read_to_string(path).expect("the table is written");
    let csv = page.get(&format!("runs/{run}/indicators.csv"));
    assert_eq!(csv.body, table(&folder.path().join("out/indicators.csv")));
    // And the baseline, which shares the town and the months but nothing else.
    let mut arguments = vec!["run", "baseline", "--out", "base"];
    for setting in [
        "town.kind=factory",
        "town.residents=2500",
        "run.months=14",
        "run.burn_in_months=6",
        "run.seed=7",
    ] {
        arguments.extend(["--set", setting]);
    }
    mainstreet(&arguments);
    let report = page.get(&format!("runs/{run}/report.html"));
    assert_eq!(report.status, 200);
    assert_eq!(report.body, table(&folder.path().join("out/report.html")));
    let csv = page.get(&format!("runs/{run}/baseline.csv"));
    assert_eq!(csv.body, table(&folder.path().join("base/indicators.csv")));
}

#[test]
fn a_baseline_is_run_once_and_told_again() {
    let page = Page::open();
    let first: Vec<Value> = page.run(&small(3)).collect();
    let second: Vec<Value> = page.run(&small(3)).collect();
    assert_eq!(
        events_of(&second, "burn_in", "baseline").len(),
        0,
        "it was remembered"
    );
    assert_eq!(
        events_of(&first, "month", "baseline"),
        events_of(&second, "month", "baseline")
    );
    assert_eq!(
        events_of(&first, "month", "yours"),
        events_of(&second, "month", "yours")
    );
}

#[test]
fn only_what_was_changed_is_written() {
    let page = Page::open();
    let answer = page.post("scenario.toml", &small(14));
    assert_eq!(answer.status, 200);
    let lines: Vec<&str> = answer
        .body
        .lines()
        .filter(|l| !l.is_empty())
        .skip(1)
        .collect();
    assert_eq!(
        lines,
        [
            "schema_version = 1",
            "extends = \"fast-ai\"",
            "name = \"my-test\"",
            "[run]",
            "months = 14",
            "burn_in_months = 6",
            "seed = 7",
            "[town]",
            "kind = \"factory\"",
            "residents = 2500",
            "[automation]",
            "awareness = 0.5",
        ]
    );
}

#[test]
fn a_bad_value_gets_the_checkers_words_beside_its_field() {
    let page = Page::open();
    let mut choice = small(14);
    choice["settings"]["automation.awareness"] = json!("2");
    choice["settings"]["run.months"] = json!("many \"\"\" months\nseed = 9");
    choice["settings"]["automation.kept_hour"] = json!("0.5");
    choice["settings"]["town.residents"] = json!("1000000");
    for path in ["check", "run", "scenario.toml"] {
        let answer = page.post(path, &choice);
        assert_eq!(answer.status, 422, "{path}");
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        let problems = body["problems"].as_array().expect("a list");
        let of = |field: &str| {
            let mut own = problems.iter().filter(|problem| problem["field"] == field);
            let first = own
                .next()
                .unwrap_or_else(|| panic!("no problem of {field}"));
            assert!(own.next().is_none(), "{field} has one mistake");
            first
        };
        assert_eq!(problems.len(), 3, "{problems:?}");
        let awareness = of("automation.awareness");
        assert_eq!(awareness["message"], "`automation.awareness` is too large");
        assert_eq!(awareness["allowed"], "from 0 to 1 (probability per month)");
        assert_eq!(
            of("run.months")["message"],
            "`run.months` must be a whole number"
        );
        let unknown = of("automation.kept_hour");
        assert_eq!(unknown["suggestion"], "did you mean `kept_hours`?");
    }
    // The page's own limit, once the scenario itself is right.
    let mut large = small(14);
    large["settings"]["town.residents"] = json!("1000000");
    let answer = page.post("run", &large);
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("too large for this page"),
        "{}",
        answer.body
    );
    let unknown = page.post("run", &json!({ "scenario": "../secret" }));
    assert!(
        unknown.body.contains("there is no built-in scenario"),
        "{}",
        unknown.body
    );
}

#[test]
fn a_policy_is_an_entry_of_the_timeline() {
    let page = Page::open();
    let mut choice = small(6);
    let policy = |values: Value| json!([{ "kind": "basic_income", "from": "2", "until": "4", "values": values }]);
    choice["policies"] = policy(json!({ "amount": "300" }));
    let text = page.post("scenario.toml", &choice).body;
    let (_, timeline) = text
        .split_once("[[timeline]]\n")
        .expect("there is an entry");
    let wanted = "kind = \"basic_income\"\nfrom = 2\nuntil = 4\namount = 300\n";
    assert_eq!(timeline, wanted, "{text}");
    let events: Vec<Value> = page.run(&choice).collect();
    assert_eq!(
        events[0]["events"],
        json!([{ "kind": "basic_income", "from": 2, "until": 4 }])
    );
    choice["policies"] = json!([]);
    let without: Vec<Value> = page.run(&choice).collect();
    let month = |events: &[Value], month: usize| {
        events_of(events, "month", "yours")[month]["values"].clone()
    };
    assert_eq!(month(&events, 1), month(&without, 1));
    assert_ne!(month(&events, 2), month(&without, 2));

    choice["policies"] = policy(json!({ "amount": "-1" }));
    choice["policies"][0]["from"] = json!("someday");
    let answer = page.post("check", &choice);
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    let fields: Vec<_> = body["problems"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|p| &p["field"])
        .collect();
    assert_eq!(
        fields,
        ["policies.basic_income.from", "policies.basic_income.amount"]
    );
}

#[test]
fn a_second_run_cancels_the_first() {
    let page = Page::open();
    let mut long = small(600);
    long["settings"]["town.residents"] = json!("20000");
    let mut first = page.run(&long);
    let is_month = |event: &Value| event["kind"] == "burn_in";
    assert!(first.any(|event| is_month(&event)), "the first has begun");
    let second: Vec<Value> = page.run(&small(3)).collect();
    assert_eq!(second.last().expect("events")["kind"], "finished");
    let rest: Vec<Value> = first.collect();
    assert_eq!(rest.last().expect("events")["kind"], "canceled");
    let yours = events_of(&rest, "month", "yours").len();
    assert!(yours < 500, "{yours} months were lived for nobody");
}

#[test]
#[cfg(unix)]
fn it_ends_by_itself_on_a_signal_even_in_the_middle_of_a_run() {
    let mut page = Page::open();
    let mut long = small(600);
    long["settings"]["town.residents"] = json!("20000");
    let mut events = page.run(&long);
    assert_eq!(events.next().expect("events")["kind"], "started");
    let pid = page.program.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status();
    assert!(sent.expect("kill is there").success());
    let since = Instant::now();
    let status = loop {
        if let Some(status) = page.program.try_wait().expect("it can be waited for") {
            break status;
        }
        assert!(since.elapsed() < Duration::from_secs(20), "it does not end");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(0));
}
