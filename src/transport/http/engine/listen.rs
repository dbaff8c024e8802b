//! Listening sockets: TCP addresses and the Unix socket.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use rustix::net::sockopt;
use rustix::net::{self, AddressFamily, SocketAddrAny, SocketAddrUnix, SocketFlags, SocketType};

/// Connections that the kernel may complete before they are accepted (it caps this itself).
const BACKLOG: i32 = 4096;

/// Where to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bind {
    /// This address alone; port 0 takes a free one.
    Tcp(SocketAddr),
    /// Every address: `[::]` for both families, or 0.0.0.0 where IPv6 is not to be had.
    Any(u16),
    /// 127.0.0.1, and `::1` at the same port where IPv6 is to be had.
    Loopback(u16),
    /// A Unix socket at this path, mode 0660.
    Unix(PathBuf),
}

/// An address that is listened on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A TCP address with its real port.
    Tcp(SocketAddr),
    /// A Unix socket.
    Unix(PathBuf),
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// Bound sockets on their way to an engine: binding early fails early.
pub struct Listeners {
    pub(super) all: Vec<Listener>,
}

impl Listeners {
    /// The addresses with their real ports.
    pub fn addresses(&self) -> Vec<Address> {
        self.all.iter().map(|listener| listener.address.clone()).collect()
    }

    /// Binds everything that is asked for, or nothing.
    pub(super) fn bind(wanted: &[Bind]) -> io::Result<Self> {
        let mut all = Vec::new();
        for bind in wanted {
            match bind {
                Bind::Tcp(address) => all.push(tcp(*address)?),
                Bind::Any(port) => all.push(any(*port)?),
                Bind::Loopback(port) => loopback(*port, &mut all)?,
                Bind::Unix(path) => all.push(unix(path)?),
            }
        }
        if all.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "no address to listen on"));
        }
        Ok(Self { all })
    }
}

/// One listening socket. Dropping it closes it and removes the socket file that is still its own.
pub(super) struct Listener {
    fd: OwnedFd,
    pub(super) address: Address,
    /// Device and inode of the socket file.
    file: Option<(u64, u64)>,
}

impl AsFd for Listener {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Address::Unix(path) = &self.address
            && self.file.is_some()
            && identity(path).ok() == self.file
            && let Err(error) = std::fs::remove_file(path)
        {
            log::warn!("http: cannot remove {}: {error}", path.display());
        }
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    std::fs::symlink_metadata(path).map(|meta| (meta.dev(), meta.ino()))
}

/// Names the address in the error: the caller shows it as it is.
fn explain(address: impl fmt::Display) -> impl Fn(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
}

fn any(port: u16) -> io::Result<Listener> {
    tcp((Ipv6Addr::UNSPECIFIED, port).into()).or_else(|error| match error.kind() {
        // The port is taken, or ours not to take: the other family would hide that.
        io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied => Err(error),
        _ => tcp((Ipv4Addr::UNSPECIFIED, port).into()),
    })
}

fn loopback(port: u16, all: &mut Vec<Listener>) -> io::Result<()> {
    let v4 = tcp((Ipv4Addr::LOCALHOST, port).into())?;
    let port = if let Address::Tcp(address) = &v4.address { address.port() } else { port };
    all.push(v4);
    match tcp((Ipv6Addr::LOCALHOST, port).into()) {
        Ok(v6) => all.push(v6),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
        Err(error) => log::info!("http: {error}"),
    }
    Ok(())
}

fn tcp(address: SocketAddr) -> io::Result<Listener> {
    open_tcp(address).map_err(explain(address))
}

fn open_tcp(address: SocketAddr) -> io::Result<Listener> {
    let family = if address.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    let fd = open(family)?;
    sockopt::set_socket_reuseaddr(&fd, true)?;
    if address.is_ipv6() {
        sockopt::set_ipv6_v6only(&fd, !address.ip().is_unspecified())?;
    }
    // Accepted sockets inherit it: one system call less for each connection.
    sockopt::set_tcp_nodelay(&fd, true)?;
    net::bind(&fd, &address)?;
    net::listen(&fd, BACKLOG)?;
    let address = SocketAddr::try_from(net::getsockname(&fd)?)?;
    Ok(Listener { fd, address: Address::Tcp(address), file: None })
}

fn open(family: AddressFamily) -> io::Result<OwnedFd> {
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    Ok(net::socket_with(family, SocketType::STREAM, flags, None)?)
}

fn unix(path: &Path) -> io::Result<Listener> {
    open_unix(path).map_err(explain(format_args!("unix:{}", path.display())))
}

fn open_unix(path: &Path) -> io::Result<Listener> {
    remove_stale(path)?;
    let fd = open(AddressFamily::UNIX)?;
    // Before the bind: the file never exists with a wider mode than this.
    rustix::fs::fchmod(&fd, rustix::fs::Mode::from_raw_mode(0o660))?;
    net::bind(&fd, &SocketAddrUnix::new(path)?)?;
    // The umask may have taken bits away.
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o660))?;
    let file = identity(path).ok();
    net::listen(&fd, BACKLOG)?;
    Ok(Listener { fd, address: Address::Unix(path.to_owned()), file })
}

/// Removes a socket file that a crash has left; anything else at the path stays.
fn remove_stale(path: &Path) -> io::Result<()> {
    let Ok(meta) = std::fs::symlink_metadata(path) else { return Ok(()) };
    if !meta.file_type().is_socket() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the path exists and is no socket"));
    }
    match UnixStream::connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => std::fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => Err(io::Error::new(io::ErrorKind::AddrInUse, "another process listens there")),
    }
}

/// The address of an accepted client. IPv4 clients of a dual-stack socket appear as IPv4.
pub(super) fn peer(address: Option<SocketAddrAny>) -> super::Peer {
    match address.map(SocketAddr::try_from) {
        Some(Ok(address)) => super::Peer::Tcp(SocketAddr::new(address.ip().to_canonical(), address.port())),
        _ => super::Peer::Unix,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("engine-listen-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder.join("socket")
    }

    #[test]
    fn a_taken_port_is_told_with_its_address() {
        let first = Listeners::bind(&[Bind::Tcp((Ipv4Addr::LOCALHOST, 0).into())]).unwrap();
        let Address::Tcp(address) = first.addresses()[0].clone() else { panic!() };
        let error = Listeners::bind(&[Bind::Tcp(address)]).err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        assert!(error.to_string().contains(&address.to_string()), "{error}");
    }

    #[test]
    fn loopback_shares_one_port() {
        let listeners = Listeners::bind(&[Bind::Loopback(0)]).unwrap();
        let port = |address: &Address| match address {
            Address::Tcp(address) => address.port(),
            Address::Unix(_) => 0,
        };
        let ports: Vec<u16> = listeners.addresses().iter().map(port).collect();
        assert!(ports.iter().all(|p| *p == ports[0] && *p != 0), "{ports:?}");
    }

    #[test]
    fn any_takes_ipv4_clients() {
        let listeners = Listeners::bind(&[Bind::Any(0)]).unwrap();
        let Address::Tcp(address) = listeners.addresses()[0].clone() else { panic!() };
        std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, address.port())).unwrap();
    }

    #[test]
    fn unix_sockets_come_and_go() {
        let path = scratch("life");
        let _ = std::fs::remove_file(&path);
        let first = Listeners::bind(&[Bind::Unix(path.clone())]).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o660);
        let error = Listeners::bind(&[Bind::Unix(path.clone())]).err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        drop(first);
        assert!(!path.exists(), "the file goes with its listener");
    }

    #[test]
    fn a_stale_socket_file_is_replaced_and_a_plain_file_is_not() {
        let path = scratch("stale");
        let _ = std::fs::remove_file(&path);
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        drop(Listeners::bind(&[Bind::Unix(path.clone())]).unwrap());
        std::fs::write(&path, "precious").unwrap();
        assert!(Listeners::bind(&[Bind::Unix(path.clone())]).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"precious");
        std::fs::remove_file(&path).unwrap();
    }
}
