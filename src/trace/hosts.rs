//! How fast the hosts of the simulated network answer when nobody says otherwise.
//!
//! It stands here because two ask: the engine, whose requests take that long, and the page, which
//! shows it where it can be changed.

use std::net::Ipv4Addr;

use super::time::Time;

/// Milliseconds of hosts that programs often ask.
const KNOWN: [(&str, u64); 20] = [
    ("localhost", 5),
    ("127.0.0.1", 5),
    ("example.com", 100),
    ("example.org", 100),
    ("slow.example", 3000),
    ("fast.example", 10),
    ("httpbin.org", 300),
    ("api.github.com", 350),
    ("github.com", 350),
    ("www.python.org", 180),
    ("docs.python.org", 160),
    ("www.baidu.com", 50),
    ("www.imooc.com", 150),
    ("www.csdn.net", 120),
    ("vllbc.top", 250),
    ("www.cnblogs.com", 80),
    ("www.xurick.com", 100),
    ("movie.douban.com", 600),
    ("shop.projectsedu.com", 200),
    ("www.xbiquge.la", 200),
];
/// Milliseconds of a host that is an address.
const ADDRESS: u64 = 200;
/// Any other host has its own, from this on ..
const LEAST: u64 = 50;
/// .. and fewer than so many more.
const SPREAD: u64 = 351;

/// The time from a request to the first byte of the answer. `host` is in small letters.
pub fn usual_latency(host: &str) -> Time {
    let known = KNOWN.iter().find(|(name, _)| *name == host);
    let millis = match known {
        Some((_, millis)) => *millis,
        None if host.parse::<Ipv4Addr>().is_ok() => ADDRESS,
        None => LEAST + u64::from(fnv1a(host)) % SPREAD,
    };
    Time(millis * 1_000_000)
}

/// The hash FNV-1a in 32 bits: it is the same everywhere and for ever.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_has_a_latency() {
        let of = |host| usual_latency(host).as_secs_f64();
        assert_eq!(
            [of("example.com"), of("127.0.0.1"), of("10.0.0.1")],
            [0.1, 0.005, 0.2]
        );
        assert_eq!(fnv1a("foobar"), 0xbf9c_f968, "the published value");
        assert!((0.05..0.401).contains(&of("nobody.has.heard.of.it")));
    }
}
