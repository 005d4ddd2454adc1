//! Loopscope: see Python asyncio.
pub mod trace;
