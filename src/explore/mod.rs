//! A page on which a visitor changes a town and watches what comes of it.
//!
//! [`Explorer`] answers on this machine alone: it listens on the loopback address, and every address it serves
//! begins with a token that is drawn anew for each session. Requests for another host or from another site's page
//! are refused, and no request names a file.

mod gate;
mod pair;
mod routes;
mod session;
mod stream;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tiny_http::Server;

use gate::Gate;
use session::Session;

/// How often the listener looks whether it should stop.
const GLANCE: Duration = Duration::from_millis(100);

/// Requests answered at one time; a page needs two.
const MOST_AT_ONCE: usize = 16;

/// Why the page cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ExploreError {
    /// The system gives no random numbers.
    #[error("no random token for the address: {0}")]
    Token(String),
    /// The port cannot be listened on.
    #[error("cannot listen on port {port} of 127.0.0.1: {reason}")]
    Port {
        /// The port; 0 for any.
        port: u16,
        /// What the system says.
        reason: String,
    },
    /// The listener broke down.
    #[error("cannot listen any longer: {0}")]
    Listen(String),
}

/// The page, ready to be served.
pub struct Explorer {
    server: Server,
    gate: Arc<Gate>,
    session: Arc<Session>,
}

impl Explorer {
    /// Listens on a port of the loopback address; 0 takes any that is free.
    ///
    /// # Errors
    /// If the port is taken or the system gives no random numbers.
    pub fn bind(port: u16) -> Result<Explorer, ExploreError> {
        let refused = |reason: String| ExploreError::Port { port, reason };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let server = Server::http(address).map_err(|error| refused(error.to_string()))?;
        let bound = server.server_addr().to_ip();
        let bound = bound.ok_or_else(|| refused("it has no address".to_owned()))?;
        Ok(Explorer {
            server,
            gate: Arc::new(Gate::new(bound.port()).map_err(ExploreError::Token)?),
            session: Arc::new(Session::default()),
        })
    }

    /// The address of the page, token included.
    pub fn address(&self) -> String {
        self.gate.address()
    }

    /// Answers requests until `stop` is set.
    ///
    /// # Errors
    /// If the listener breaks down.
    pub fn serve(&self, stop: &AtomicBool) -> Result<(), ExploreError> {
        let at_once = Arc::new(AtomicUsize::new(0));
        while !stop.load(Ordering::Relaxed) {
            let request = self.server.recv_timeout(GLANCE);
            let Some(request) = request.map_err(|e| ExploreError::Listen(e.to_string()))? else {
                continue;
            };
            let (gate, session) = (Arc::clone(&self.gate), Arc::clone(&self.session));
            let counted = Arc::clone(&at_once);
            if at_once.fetch_add(1, Ordering::Relaxed) >= MOST_AT_ONCE {
                routes::too_busy(request);
                at_once.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            thread::spawn(move || {
                routes::answer(request, &gate, &session);
                counted.fetch_sub(1, Ordering::Relaxed);
            });
        }
        self.session.cancel();
        Ok(())
    }
}
