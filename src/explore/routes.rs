//! What each address answers.

use std::io::Read;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tiny_http::{Header, Method, Request, Response};

use crate::output::results::tables;
use crate::output::studies::page_of_run;
use crate::study::ScenarioText;

use super::choice::{self, Accepted, Choice};
use super::gate::Gate;
use super::session::{Finished, Session};
use super::stream::Lines;
use super::{controls, pair};

/// Largest request that is read, bytes: a page that changes every parameter sends a tenth.
const LARGEST: u64 = 1 << 20;

const PAGE: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/style.css");
const SCRIPTS: [(&str, &str); 4] = [
    ("app.js", include_str!("page/app.js")),
    ("fields.js", include_str!("page/fields.js")),
    ("charts.js", include_str!("page/charts.js")),
    ("numbers.js", include_str!("page/numbers.js")),
];

/// Nothing from elsewhere, in neither direction.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

/// An answer that is known as a whole.
struct Answer {
    status: u16,
    mime: &'static str,
    /// The name a browser saves it under.
    file: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    fn new(status: u16, mime: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        let body = body.into();
        Answer {
            status,
            mime,
            file: None,
            body,
        }
    }

    fn json(status: u16, value: &Value) -> Answer {
        Answer::new(status, JSON, value.to_string())
    }

    fn nothing_here() -> Answer {
        Answer::new(404, PLAIN, "there is nothing at this address\n")
    }

    fn send(self, request: Request) {
        let mut headers = vec![
            ("Content-Type", self.mime.to_owned()),
            ("Cache-Control", "no-store".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("Content-Security-Policy", POLICY.to_owned()),
            ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ];
        if let Some(name) = self.file {
            let value = format!("attachment; filename=\"{name}\"");
            headers.push(("Content-Disposition", value));
        }
        let mut response = Response::from_data(self.body)
            .with_chunked_threshold(usize::MAX)
            .with_status_code(self.status);
        for (name, value) in headers {
            if let Ok(header) = Header::from_bytes(name, value) {
                response.add_header(header);
            }
        }
        // A reader that went away needs no answer.
        let _ = request.respond(response);
    }
}

/// Turns a request away because too many others are being answered.
pub fn too_busy(request: Request) {
    Answer::new(503, PLAIN, "too many requests at once\n").send(request);
}

/// Answers one request.
pub fn answer(mut request: Request, gate: &Gate, session: &Session) {
    let path = match gate.admit(&request) {
        Ok(path) => path.split('?').next().unwrap_or_default().to_owned(),
        Err(refusal) => {
            let text = format!("{}\n", refusal.message());
            return Answer::new(403, PLAIN, text).send(request);
        }
    };
    let answer = match request.method() {
        Method::Get | Method::Head => look_up(&path, session),
        Method::Post if path == "run" => return run(request, session),
        Method::Post => act(&path, &mut request, session),
        _ => Answer::new(405, PLAIN, "this address can only be read or posted to\n"),
    };
    answer.send(request);
}

/// What can be read.
fn look_up(path: &str, session: &Session) -> Answer {
    match path {
        "" => return Answer::new(200, HTML, PAGE),
        "style.css" => return Answer::new(200, "text/css; charset=utf-8", STYLE),
        "catalogue.json" => return Answer::json(200, &controls::catalogue()),
        _ => {}
    }
    if let Some((_, text)) = SCRIPTS.iter().find(|(name, _)| *name == path) {
        return Answer::new(200, "text/javascript; charset=utf-8", *text);
    }
    let mut parts = path.split('/');
    let (Some("runs"), Some(run), Some(file), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Answer::nothing_here();
    };
    let finished = run.parse().ok().and_then(|run| session.finished(run));
    finished.map_or_else(Answer::nothing_here, |finished| download(&finished, file))
}

/// A file of a finished run.
fn download(finished: &Finished, file: &str) -> Answer {
    let (record, start) = match file {
        "scenario.toml" => {
            let name = format!("{}.toml", finished.name);
            let text = finished.text.as_str();
            return Answer {
                file: Some(name),
                ..Answer::new(200, "application/toml", text)
            };
        }
        "report.html" => return report(finished),
        "indicators.csv" => (&finished.yours, finished.name.as_str()),
        "baseline.csv" => (finished.baseline.as_ref(), pair::BASELINE),
        _ => return Answer::nothing_here(),
    };
    let mut csv = Vec::new();
    let is_written = tables(record).is_ok_and(|tables| {
        let table = tables.iter().find(|table| table.name() == "indicators");
        table.is_some_and(|table| table.write_csv(&mut csv).is_ok())
    });
    if !is_written {
        return Answer::new(500, PLAIN, "the table cannot be written\n");
    }
    let name = format!("{start}-indicators.csv");
    Answer {
        file: Some(name),
        ..Answer::new(200, "text/csv; charset=utf-8", csv)
    }
}

/// The page about the visitor's run.
fn report(finished: &Finished) -> Answer {
    let scenario = ScenarioText {
        name: finished.name.clone(),
        toml: finished.resolved.clone(),
    };
    match page_of_run(scenario, &finished.yours) {
        Ok(page) => Answer {
            file: Some(format!("{}-report.html", finished.name)),
            ..Answer::new(200, HTML, page)
        },
        Err(error) => Answer::new(500, PLAIN, format!("the report cannot be made: {error}\n")),
    }
}

/// What a post asks for, runs apart.
fn act(path: &str, request: &mut Request, session: &Session) -> Answer {
    if path == "cancel" {
        session.cancel();
        return Answer::json(200, &json!({}));
    }
    if !["check", "start", "scenario.toml"].contains(&path) {
        return Answer::nothing_here();
    }
    let choice: Choice = match read(request) {
        Ok(choice) => choice,
        Err(answer) => return answer,
    };
    let found = match path {
        "start" => choice::start(&choice).map(|values| json!({ "values": values })),
        "check" => choice::accept(&choice)
            .map(|accepted| json!({ "warnings": accepted.warnings, "text": accepted.text })),
        _ => match choice::accept(&choice) {
            Ok(Accepted { name, text, .. }) => {
                let file = Some(format!("{name}.toml"));
                return Answer {
                    file,
                    ..Answer::new(200, "application/toml", text)
                };
            }
            Err(problems) => Err(problems),
        },
    };
    match found {
        Ok(value) => Answer::json(200, &value),
        Err(problems) => Answer::json(422, &json!({ "problems": problems })),
    }
}

/// Runs a choice and tells it month by month.
fn run(mut request: Request, session: &Session) {
    let choice: Choice = match read(&mut request) {
        Ok(choice) => choice,
        Err(answer) => return answer.send(request),
    };
    let accepted = match choice::accept(&choice) {
        Ok(accepted) => accepted,
        Err(problems) => {
            return Answer::json(422, &json!({ "problems": problems })).send(request);
        }
    };
    let run = session.begin();
    let Ok(mut lines) = Lines::begin(request.into_writer()) else {
        return session.give_up(run);
    };
    pair::run_pair(&accepted, run, session, &mut |event| {
        lines.write(event).is_ok()
    });
    // A reader that went away needs no end.
    let _ = lines.end();
}

/// The body of a request. Only a page can send JSON by its own script, and only to where it came from.
fn read<T: DeserializeOwned>(request: &mut Request) -> Result<T, Answer> {
    let mut types = request
        .headers()
        .iter()
        .filter(|h| h.field.equiv("Content-Type"));
    let is_json = types
        .next()
        .is_some_and(|h| h.value.as_str().starts_with(JSON));
    if !is_json {
        return Err(Answer::new(415, PLAIN, "send application/json\n"));
    }
    let mut body = Vec::new();
    let read = request.as_reader().take(LARGEST + 1).read_to_end(&mut body);
    if read.is_err() || body.len() as u64 > LARGEST {
        return Err(Answer::new(
            413,
            PLAIN,
            "the request is too large or broken off\n",
        ));
    }
    serde_json::from_slice(&body)
        .map_err(|error| Answer::new(400, PLAIN, format!("the request cannot be read: {error}\n")))
}
