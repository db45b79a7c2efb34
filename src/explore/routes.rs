//! What each address answers.

use std::io::Read;

use serde::de::DeserializeOwned;
use serde_json::json;
use tiny_http::{Header, Method, Request, Response};

use crate::scenario::setup;
use crate::study::explore::{
    Answer, Choice, HTML, JSON, PLAIN, accept, catalogue, download, look_at,
};

use super::gate::Gate;
use super::pair;
use super::session::Session;
use super::stream::Lines;

/// Largest request that is read, bytes: a page that changes every parameter sends a tenth.
const LARGEST: u64 = 1 << 20;

const PAGE: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/style.css");
const SCRIPTS: [(&str, &str); 5] = [
    ("app.js", include_str!("page/app.js")),
    ("engine.js", include_str!("page/engine.js")),
    ("fields.js", include_str!("page/fields.js")),
    ("charts.js", include_str!("page/charts.js")),
    ("numbers.js", include_str!("page/numbers.js")),
];

/// Nothing from elsewhere, in neither direction.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Sends an answer with the headers that keep it on this page.
fn send(answer: Answer, request: Request) {
    let mut headers = vec![
        ("Content-Type", answer.mime.to_owned()),
        ("Cache-Control", "no-store".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Content-Security-Policy", POLICY.to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
    ];
    if let Some(name) = answer.file {
        let value = format!("attachment; filename=\"{name}\"");
        headers.push(("Content-Disposition", value));
    }
    let mut response = Response::from_data(answer.body)
        .with_chunked_threshold(usize::MAX)
        .with_status_code(answer.status);
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A reader that went away needs no answer.
    let _ = request.respond(response);
}

/// Turns a request away because too many others are being answered.
pub fn too_busy(request: Request) {
    send(
        Answer::new(503, PLAIN, "too many requests at once\n"),
        request,
    );
}

/// Answers one request.
pub fn answer(mut request: Request, gate: &Gate, session: &Session) {
    let path = match gate.admit(&request) {
        Ok(path) => path.split('?').next().unwrap_or_default().to_owned(),
        Err(refusal) => {
            let text = format!("{}\n", refusal.message());
            return send(Answer::new(403, PLAIN, text), request);
        }
    };
    let answer = match request.method() {
        Method::Get | Method::Head => look_up(&path, session),
        Method::Post if path == "run" => return run(request, session),
        Method::Post => act(&path, &mut request, session),
        _ => Answer::new(405, PLAIN, "this address can only be read or posted to\n"),
    };
    send(answer, request);
}

/// What can be read.
fn look_up(path: &str, session: &Session) -> Answer {
    match path {
        "" => return Answer::new(200, HTML, PAGE),
        "style.css" => return Answer::new(200, "text/css; charset=utf-8", STYLE),
        "catalogue.json" => return catalogue(),
        _ => {}
    }
    if let Some((_, text)) = SCRIPTS.iter().find(|(name, _)| *name == path) {
        return Answer::new(200, "text/javascript; charset=utf-8", *text);
    }
    let asked = path
        .strip_prefix("runs/")
        .and_then(|rest| rest.split_once('/'));
    let finished = asked.and_then(|(run, file)| Some((session.finished(run.parse().ok()?)?, file)));
    finished.map_or_else(Answer::nothing_here, |(finished, file)| {
        download(&finished, file)
    })
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
    look_at(&setup(), path, &choice)
}

/// Runs a choice and tells it month by month.
fn run(mut request: Request, session: &Session) {
    let choice: Choice = match read(&mut request) {
        Ok(choice) => choice,
        Err(answer) => return send(answer, request),
    };
    let accepted = match accept(&setup(), &choice) {
        Ok(accepted) => accepted,
        Err(problems) => {
            return send(Answer::mistakes(&problems), request);
        }
    };
    let run = session.begin();
    let Ok(mut lines) = Lines::begin(request.into_writer()) else {
        return session.give_up(run);
    };
    pair::run_pair(accepted, run, session, &mut |event| {
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
