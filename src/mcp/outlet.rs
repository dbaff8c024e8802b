//! Where the messages of one request or subscription go. The transports implement it.

/// The way back to a client, from any thread.
pub trait Outlet: Send + Sync {
    /// Sends a message that is not the last.
    fn send(&self, message: Vec<u8>);

    /// Sends the last message, or none when the client no longer wants one. Further calls do nothing.
    fn finish(&self, message: Option<Vec<u8>>);

    /// Whether nobody is left to send to.
    fn gone(&self) -> bool;

    /// Lets go of the connection while the work goes on, where the client can come back.
    fn hang_up(&self) {}
}

/// The outlet of what is told to nobody, such as a task, whose state is fetched.
#[derive(Debug)]
pub struct Nobody;

impl Outlet for Nobody {
    fn send(&self, _: Vec<u8>) {}
    fn finish(&self, _: Option<Vec<u8>>) {}
    fn gone(&self) -> bool {
        false
    }
}
