//! The engine over real sockets, driven byte by byte.

mod framing;
mod life;
mod rig;
mod streams;
