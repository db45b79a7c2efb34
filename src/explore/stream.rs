//! An answer that is written line by line while a run goes on: JSON texts, one a line, in HTTP chunks.

use std::io::{self, Write};

use serde_json::Value;

/// Head of an answer in chunks.
const HEAD: &str = "HTTP/1.1 200 OK\r\n\
    Content-Type: application/x-ndjson\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Transfer-Encoding: chunked\r\n\r\n";

/// Writes lines as they come.
pub struct Lines<W> {
    to: W,
}

impl<W: Write> Lines<W> {
    /// Begins an answer.
    ///
    /// # Errors
    /// If the reader has gone.
    pub fn begin(mut to: W) -> io::Result<Lines<W>> {
        to.write_all(HEAD.as_bytes())?;
        to.flush()?;
        Ok(Lines { to })
    }

    /// Writes one line and sends it off.
    ///
    /// # Errors
    /// If the reader has gone.
    pub fn write(&mut self, line: &Value) -> io::Result<()> {
        let text = format!("{line}\n");
        write!(self.to, "{:x}\r\n{text}\r\n", text.len())?;
        self.to.flush()
    }

    /// Ends the answer.
    ///
    /// # Errors
    /// If the reader has gone.
    pub fn end(mut self) -> io::Result<()> {
        self.to.write_all(b"0\r\n\r\n")?;
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lines_are_chunks() {
        let mut bytes = Vec::new();
        let mut lines = Lines::begin(&mut bytes).expect("memory takes all");
        lines.write(&json!({ "é": 1 })).expect("memory takes all");
        lines.end().expect("memory takes all");
        let text = String::from_utf8(bytes).expect("it is text");
        let (_, body) = text.split_once("\r\n\r\n").expect("there is a head");
        assert_eq!(body, "9\r\n{\"é\":1}\n\r\n0\r\n\r\n");
    }
}
