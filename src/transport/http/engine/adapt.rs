//! What another engine's adapter shares with ours: the rules for heads, and the bytes of answers.

use super::answer::{self, End};
use super::head::{self, HeadScan, Refusal, ReplyMode};
use super::listen::{Address, Listeners};
use super::{Limits, Peer, Request, Response, spares};

use std::io;
use std::net::TcpListener;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixListener;

/// How an answer is to be framed.
#[derive(Clone, Copy, Default)]
pub(in crate::transport::http) struct Mode(ReplyMode);

/// Makes a request from a head's text, by the same rules as for our own connections.
///
/// # Errors
/// Status and reason of the refusal.
pub(in crate::transport::http) fn request(
    mut bytes: Vec<u8>,
    body: &[u8],
    peer: Peer,
    limits: &Limits,
) -> Result<(Request, Mode), (u16, &'static str)> {
    let refused = |Refusal(status, reason)| (status, reason);
    let span = HeadScan::default().advance(&bytes, limits).map_err(refused)?;
    let span = span.filter(|span| span.end == bytes.len()).ok_or((400, "malformed head"))?;
    let head = head::parse(&bytes, span, spares::headers(), limits).map_err(refused)?;
    bytes.extend_from_slice(body);
    let request = Request {
        body: head.end..bytes.len(),
        bytes,
        method: head.method,
        path: head.target.path,
        query: head.target.query,
        headers: head.headers,
        peer,
    };
    Ok((request, Mode(head.reply)))
}

/// The bytes of a whole answer.
pub(in crate::transport::http) fn answer(response: &Response, mode: Mode, close: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(512 + response.body.len());
    let end = if close || !mode.0.keep_alive { End::Close } else { End::KeepAlive };
    answer::write_head(&mut bytes, response, mode.0, end);
    if !mode.0.head_only && answer::has_length(response.status) {
        bytes.extend_from_slice(&response.body);
    }
    bytes
}

/// The bytes of a stream's head, and whether what follows goes in chunks: an engine that
/// cannot close a connection cannot end an answer otherwise. HTTP/1.0 knows no chunks.
pub(in crate::transport::http) fn stream_head(response: Response, mode: Mode) -> (Vec<u8>, bool) {
    let chunked = !mode.0.old;
    let head = if chunked { response.header("Transfer-Encoding", "chunked") } else { response };
    let mut bytes = Vec::with_capacity(512);
    answer::write_head(&mut bytes, &head, mode.0, End::Stream);
    (bytes, chunked)
}

/// A listening socket as the standard library has it.
pub(in crate::transport::http) enum Plain {
    /// TCP.
    Tcp(TcpListener),
    /// Unix.
    Unix(UnixListener),
}

/// Second handles of bound sockets, in blocking mode. The first ones keep the socket file.
///
/// # Errors
/// When a descriptor cannot be had.
pub(in crate::transport::http) fn plain(listeners: &Listeners) -> io::Result<Vec<(Address, Plain)>> {
    let copy = |listener: &super::listen::Listener| {
        let fd: OwnedFd = listener.as_fd().try_clone_to_owned()?;
        rustix::io::ioctl_fionbio(&fd, false)?;
        let plain = match listener.address {
            Address::Tcp(_) => Plain::Tcp(fd.into()),
            Address::Unix(_) => Plain::Unix(fd.into()),
        };
        Ok((listener.address.clone(), plain))
    };
    listeners.all.iter().map(copy).collect()
}
