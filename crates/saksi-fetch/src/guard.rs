//! Which addresses may be connected to: public ones, whatever they are written like.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use url::{Host, Url};

/// The ends of names that only a private network knows (RFC 6761, 6762, 8375, and what is in use).
const PRIVATE_NAMES: [&str; 8] =
    ["localhost", "local", "internal", "intranet", "lan", "home.arpa", "corp", "localdomain"];

/// Why an address is not connected to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// Neither http nor https.
    Scheme(String),
    /// It has no host.
    NoHost,
    /// It holds a user name or password.
    Credentials,
    /// A port below 1024 that is not the web's.
    Port(u16),
    /// A name of private networks.
    Name(String),
    /// It leads, perhaps among others, to an address that is not public.
    NotPublic(IpAddr),
    /// Its name cannot be looked up.
    Lookup(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme(scheme) => write!(f, "`{scheme}` is not fetched, only http and https"),
            Self::NoHost => f.write_str("the address has no host"),
            Self::Credentials => f.write_str("the address holds a user name"),
            Self::Port(port) => write!(f, "port {port} is not one of the web"),
            Self::Name(name) => write!(f, "`{name}` is a name of private networks"),
            Self::NotPublic(ip) => write!(f, "it leads to {ip}, which is not public"),
            Self::Lookup(why) => write!(f, "its host cannot be looked up: {why}"),
        }
    }
}

impl std::error::Error for Refused {}

/// Looks a host up.
type Lookup = dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync;

/// Looks hosts up, and lets only public addresses through.
pub struct Guard {
    lookup: Box<Lookup>,
    except: Vec<SocketAddr>,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("except", &self.except).finish_non_exhaustive()
    }
}

impl Default for Guard {
    /// Looks hosts up as the system does.
    fn default() -> Self {
        Self { lookup: Box::new(|host, port| Ok((host, port).to_socket_addrs()?.collect())), except: Vec::new() }
    }
}

impl Guard {
    /// A guard for tests, with a lookup of their own and servers on this machine that it lets through, port and all.
    /// No option of the command line leads here.
    #[doc(hidden)]
    pub fn for_tests(
        lookup: impl Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static,
        except: &[SocketAddr],
    ) -> Self {
        Self { lookup: Box::new(lookup), except: except.to_vec() }
    }

    /// The addresses to connect to, all of them public. The connection must go to one of them, not to the name.
    ///
    /// # Errors
    /// [`Refused`]; one private address among several is enough.
    pub fn check(&self, url: &Url) -> Result<Vec<SocketAddr>, Refused> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refused::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Credentials);
        }
        let port = url.port_or_known_default().unwrap_or(80);
        if port < 1024 && port != 80 && port != 443 {
            return Err(Refused::Port(port));
        }
        let found = match url.host() {
            None => return Err(Refused::NoHost),
            Some(Host::Ipv4(ip)) => vec![SocketAddr::new(IpAddr::V4(ip), port)],
            Some(Host::Ipv6(ip)) => vec![SocketAddr::new(IpAddr::V6(ip), port)],
            Some(Host::Domain(name)) => self.named(name, port)?,
        };
        match found.iter().find(|address| !is_public(address.ip()) && !self.except.contains(address)) {
            Some(address) => Err(Refused::NotPublic(address.ip())),
            None => Ok(found),
        }
    }

    fn named(&self, name: &str, port: u16) -> Result<Vec<SocketAddr>, Refused> {
        let bare = name.trim_end_matches('.').to_ascii_lowercase();
        let private = |end: &&str| bare == **end || bare.ends_with(&format!(".{end}"));
        if !bare.contains('.') || PRIVATE_NAMES.iter().any(private) {
            return Err(Refused::Name(name.to_owned()));
        }
        let found = (self.lookup)(name, port).map_err(|error| Refused::Lookup(error.to_string()))?;
        if found.is_empty() { Err(Refused::Lookup("no address".into())) } else { Ok(found) }
    }
}

/// Whether an address is one of the public internet, by the registries of special addresses (RFC 6890 and after it).
///
/// IPv6 forms that hold an IPv4 address (mapped, 6to4, Teredo, NAT64) are none, whatever they hold.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, d] = ip.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    ) && (a, b, c, d) != (168, 63, 129, 16) // a cloud's own services, at an address that looks public
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // 2000::/3 is all that is given out; the rest is special, mapped, local, or not yet anything.
    a & 0xe000 == 0x2000
        && !(a == 0x2001 && b < 0x0200) // protocols, Teredo, ORCHID
        && !(a == 0x2001 && b == 0x0db8) // documentation
        && a != 0x2002 // 6to4
        && !(a == 0x3fff && b < 0x1000) // documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Private addresses in every notation that a browser or a resolver takes for one.
    const PRIVATE: [&str; 72] = [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0x0.0x0.0x1/",
        "http://0x7F.1/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://0177.0.0.01/",
        "http://127.0.0.1./",
        "http://127.000.000.001/",
        "http://①②⑦.0.0.1/",
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://127.0.0.1%2e/",
        "http://%31%32%37.0.0.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://00000000000/",
        "http://0x0/",
        "http://10.0.0.1/",
        "http://10.1/",
        "http://167772161/",
        "http://0x0a000001/",
        "http://012.0.0.1/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://0xac100001/",
        "http://192.168.0.1/",
        "http://192.168.1/",
        "http://3232235521/",
        "http://0300.0250.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://168.63.129.16/",
        "http://100.64.0.1/",
        "http://192.0.0.1/",
        "http://192.0.2.1/",
        "http://198.18.0.1/",
        "http://198.51.100.7/",
        "http://203.0.113.9/",
        "http://224.0.0.1/",
        "http://239.255.255.250/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://4294967295/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:10.0.0.1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[64:ff9b:1::1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/",
        "http://[2001:db8::1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[fc00::1]/",
        "http://[fd12:3456:789a::1]/",
        "http://[ff02::1]/",
        "http://[100::1]/",
        "http://[3fff::1]/",
    ];

    /// A lookup that must not be asked.
    fn deaf() -> Guard {
        Guard::for_tests(|host, _| panic!("{host} was looked up"), &[])
    }

    #[test]
    fn private_addresses_are_refused_in_every_notation() {
        for address in PRIVATE {
            // What cannot be read as an address at all cannot be fetched either.
            let Ok(url) = Url::parse(address) else { continue };
            assert!(matches!(deaf().check(&url), Err(Refused::NotPublic(_))), "{address}");
        }
        let read = PRIVATE.iter().filter(|address| Url::parse(address).is_ok()).count();
        assert!(read >= 60, "{read}");
    }

    #[test]
    fn private_names_are_not_even_looked_up() {
        for address in [
            "http://localhost/",
            "http://LOCALHOST./",
            "http://foo.localhost/",
            "http://printer.local/",
            "http://metadata.google.internal/",
            "http://router/",
            "http://nas.lan/",
            "http://x.home.arpa/",
        ] {
            let url = Url::parse(address).unwrap();
            assert!(matches!(deaf().check(&url), Err(Refused::Name(_))), "{address}");
        }
    }

    #[test]
    fn one_private_answer_among_several_is_enough() {
        let public: SocketAddr = "93.184.216.34:80".parse().unwrap();
        for answer in PRIVATE.iter().filter_map(|address| Url::parse(address).ok()) {
            let ip: IpAddr = match answer.host() {
                Some(Host::Ipv4(ip)) => ip.into(),
                Some(Host::Ipv6(ip)) => ip.into(),
                _ => unreachable!("the table holds addresses"),
            };
            let guard = Guard::for_tests(move |_, port| Ok(vec![public, SocketAddr::new(ip, port)]), &[]);
            let url = Url::parse("http://news.example.org/").unwrap();
            assert_eq!(guard.check(&url), Err(Refused::NotPublic(ip)));
        }
    }

    #[test]
    fn public_addresses_pass() {
        for ip in ["93.184.216.34", "1.1.1.1", "172.32.0.1", "2606:2800:220:1::1", "2001:4860:4860::8888"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
        let guard = Guard::for_tests(|_, port| Ok(vec![SocketAddr::new([1, 1, 1, 1].into(), port)]), &[]);
        assert!(guard.check(&Url::parse("https://example.org:8443/").unwrap()).is_ok());
    }

    #[test]
    fn other_schemes_ports_and_credentials_are_refused() {
        for (address, refused) in [
            ("ftp://example.org/", Refused::Scheme("ftp".into())),
            ("file:///etc/passwd", Refused::Scheme("file".into())),
            ("http://example.org:22/", Refused::Port(22)),
            ("http://user:pw@example.org/", Refused::Credentials),
        ] {
            assert_eq!(deaf().check(&Url::parse(address).unwrap()), Err(refused));
        }
    }
}
