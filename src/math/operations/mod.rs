//! Operations: learning curves and queues.

pub mod learning;
pub mod queue;
