//! Who may ask: whoever holds the session's token, on this machine, from this page.

use tiny_http::Request;

/// Random bytes in a token.
const TOKEN_BYTES: usize = 16;

/// The token and the names under which the page is served.
#[derive(Debug)]
pub struct Gate {
    token: String,
    port: u16,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It asks another host: a name that somebody points at this machine.
    Host,
    /// It comes from the page of another site.
    Origin,
    /// It lacks the token.
    Token,
}

impl Refusal {
    /// The reason, for whoever asked.
    pub fn message(self) -> &'static str {
        match self {
            Refusal::Host => "this page is served as 127.0.0.1 or localhost only",
            Refusal::Origin => "this request comes from another site's page",
            Refusal::Token => "open the whole address that `mainstreet explore` printed",
        }
    }
}

impl Gate {
    /// A gate with a token of its own.
    ///
    /// # Errors
    /// If the system gives no random numbers.
    pub fn new(port: u16) -> Result<Gate, String> {
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Gate { token, port })
    }

    /// The page's address.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// The part of the request's path behind the token.
    ///
    /// # Errors
    /// The first reason to refuse the request.
    pub fn admit<'a>(&self, request: &'a Request) -> Result<&'a str, Refusal> {
        let header = |name: &'static str| {
            let mut found = request.headers().iter().filter(|h| h.field.equiv(name));
            let first = found.next().map(|header| header.value.as_str());
            // Two of a kind: somebody means one of them for somebody else.
            (first, found.next().is_some())
        };
        self.judge(request.url(), header("Host"), header("Origin"))
    }

    fn judge<'a>(
        &self,
        path: &'a str,
        (host, hosts): (Option<&str>, bool),
        (origin, origins): (Option<&str>, bool),
    ) -> Result<&'a str, Refusal> {
        let names = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port));
        if hosts || !host.is_some_and(|host| names.iter().any(|name| name == host)) {
            return Err(Refusal::Host);
        }
        let is_ours = |origin: &str| {
            let rest = origin.strip_prefix("http://");
            rest.is_some_and(|rest| names.iter().any(|name| name == rest))
        };
        if origins || origin.is_some_and(|origin| !is_ours(origin)) {
            return Err(Refusal::Origin);
        }
        let (token, rest) = path
            .strip_prefix('/')
            .and_then(|path| path.split_once('/'))
            .ok_or(Refusal::Token)?;
        if !is_equal(token.as_bytes(), self.token.as_bytes()) {
            return Err(Refusal::Token);
        }
        Ok(rest)
    }
}

/// Compares in a time that does not tell where two texts differ.
fn is_equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_itself_gets_in() {
        let gate = Gate::new(8080).expect("the system has random numbers");
        let path = format!("/{}/run", gate.token);
        let judge = |path, host, origin| gate.judge(path, (host, false), (origin, false));
        let host = Some("127.0.0.1:8080");
        assert_eq!(judge(&path, host, None), Ok("run"));
        assert_eq!(judge(&path, Some("localhost:8080"), None), Ok("run"));
        assert_eq!(judge(&path, host, Some("http://127.0.0.1:8080")), Ok("run"));
        for other in [
            None,
            Some("example.org:8080"),
            Some("127.0.0.1"),
            Some("127.0.0.1:80801"),
        ] {
            assert_eq!(judge(&path, other, None), Err(Refusal::Host), "{other:?}");
        }
        assert_eq!(
            gate.judge(&path, (host, true), (None, false)),
            Err(Refusal::Host)
        );
        for other in [
            "null",
            "https://127.0.0.1:8080",
            "http://example.org",
            "http://127.0.0.1",
        ] {
            assert_eq!(
                judge(&path, host, Some(other)),
                Err(Refusal::Origin),
                "{other}"
            );
        }
        let short = &path[..path.len() - 5];
        for other in [
            "/",
            "",
            "/run",
            "//run",
            short,
            "/0123456789abcdef0123456789abcdef/run",
        ] {
            assert_eq!(judge(other, host, None), Err(Refusal::Token), "{other}");
        }
    }

    #[test]
    fn every_session_has_a_token_of_its_own() {
        let token = || Gate::new(1).expect("the system has random numbers").token;
        assert_ne!(token(), token());
        assert_eq!(token().len(), 2 * TOKEN_BYTES);
    }
}
