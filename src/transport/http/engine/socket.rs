//! One connected socket: every call of the engine's workers is non-blocking.

use std::io::{self, IoSlice};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::buffer::spare_capacity;
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::io::Errno;
use rustix::net::sockopt::{self, Timeout};
use rustix::net::{self, RecvFlags, SendAncillaryBuffer, SendFlags, Shutdown};

use super::{ClientState, Peer};

/// A connection's descriptor.
///
/// The descriptor itself stays in blocking mode; workers pass `MSG_DONTWAIT`, and only the
/// writer of a stream blocks. So no mode switch is needed when an exchange becomes a stream.
pub(super) struct Socket {
    fd: OwnedFd,
    pub(super) peer: Peer,
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// `EINTR` is no result.
fn retry<T>(mut call: impl FnMut() -> Result<T, Errno>) -> Result<T, Errno> {
    loop {
        match call() {
            Err(Errno::INTR) => {}
            other => return other,
        }
    }
}

impl Socket {
    pub(super) fn new(fd: OwnedFd, peer: Peer) -> Self {
        Self { fd, peer }
    }

    /// Appends what has arrived to `buffer`, up to its spare capacity; 0 is the end of the input.
    pub(super) fn receive(&self, buffer: &mut Vec<u8>) -> Result<usize, Errno> {
        // Into spare capacity: nothing is zeroed first.
        retry(|| net::recv(&self.fd, spare_capacity(buffer), RecvFlags::DONTWAIT)).map(|(n, _)| n)
    }

    /// Receives and throws away up to `limit` bytes. `Ok(None)`: the input has ended.
    pub(super) fn discard(&self, limit: usize) -> Result<Option<usize>, Errno> {
        let mut scratch = [0u8; 8192];
        let mut total = 0;
        while total < limit {
            match retry(|| net::recv(&self.fd, &mut scratch[..], RecvFlags::DONTWAIT)) {
                Ok((0, _)) => return Ok(None),
                Ok((n, _)) => total += n,
                Err(Errno::AGAIN) => break,
                Err(error) => return Err(error),
            }
        }
        Ok(Some(total))
    }

    /// Sends what fits now of two parts in one call.
    pub(super) fn send(&self, first: &[u8], second: &[u8]) -> Result<usize, Errno> {
        let flags = SendFlags::NOSIGNAL | SendFlags::DONTWAIT;
        if second.is_empty() {
            return retry(|| net::send(&self.fd, first, flags));
        }
        let parts = [IoSlice::new(first), IoSlice::new(second)];
        retry(|| net::sendmsg(&self.fd, &parts, &mut SendAncillaryBuffer::default(), flags))
    }

    /// Sends everything, blocking up to the limit set by [`Socket::prepare_stream`].
    pub(super) fn send_blocking(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match retry(|| net::send(&self.fd, bytes, SendFlags::NOSIGNAL)) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => bytes = &bytes[n..],
                Err(Errno::AGAIN) => return Err(io::ErrorKind::TimedOut.into()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Bounds blocking writes, and lets the kernel give up on a client that vanished without a FIN.
    pub(super) fn prepare_stream(&self, stall: Duration) -> io::Result<()> {
        sockopt::set_socket_timeout(&self.fd, Timeout::Send, Some(stall))?;
        if matches!(self.peer, Peer::Tcp(_)) {
            let millis = u32::try_from(stall.as_millis()).unwrap_or(u32::MAX);
            sockopt::set_tcp_user_timeout(&self.fd, millis)?;
            sockopt::set_tcp_keepidle(&self.fd, Duration::from_secs(30))?;
            sockopt::set_tcp_keepintvl(&self.fd, Duration::from_secs(10))?;
            sockopt::set_socket_keepalive(&self.fd, true)?;
        }
        Ok(())
    }

    /// Ends our side; the client sees the end of the answer.
    pub(super) fn finish(&self) {
        // Fails when the client is gone already, which is as good.
        let _ = net::shutdown(&self.fd, Shutdown::Write);
    }

    /// Ends both sides, so that a blocked writer wakes.
    pub(super) fn abort(&self) {
        let _ = net::shutdown(&self.fd, Shutdown::Both);
    }

    /// What the kernel knows of the client, without reading anything.
    pub(super) fn state(&self) -> ClientState {
        let mut fds = [PollFd::new(&self.fd, PollFlags::RDHUP)];
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        if rustix::event::poll(&mut fds, Some(&now)).is_err() {
            return ClientState::Open;
        }
        let seen = fds[0].revents();
        if seen.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            ClientState::Gone
        } else if seen.contains(PollFlags::RDHUP) {
            ClientState::HalfClosed
        } else {
            ClientState::Open
        }
    }
}
