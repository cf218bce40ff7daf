//! The address of a register on a server: what of it is used, and what is refused before anything is sent.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

use postgres::{
    Config,
    config::{Host, SslMode},
};

use super::super::{AddressFault, StoreError, Uid};

/// Where the server of this computer listens if no host is named.
const SOCKET: &str = "/var/run/postgresql";

/// The address of a register on a server.
#[derive(Clone)]
pub(super) struct Address {
    pub(super) config: Config,
    /// The file of the certificates that are trusted, in the place of those of the system.
    pub(super) root: Option<PathBuf>,
    /// The ward, where it is named: by its name, or by that in its chain.
    pub(super) ward: Option<String>,
    /// The address as it was given.
    pub(super) shown: PathBuf,
}

impl Address {
    /// The address that a text is. One with a password in it, and one by which others could read along, are refused.
    pub(super) fn read(given: &Path) -> Result<Self, StoreError> {
        let fault = |why| StoreError::NotAnAddress { path: given.to_owned(), why };
        let text = given.to_str().ok_or_else(|| fault(AddressFault::Unreadable))?;
        let (place, options) = text.split_once('?').unwrap_or((text, ""));
        let (mut root, mut ward, mut mode, mut others) = (None, None, None, Vec::new());
        for option in options.split('&').filter(|it| !it.is_empty()) {
            let read = option.split_once('=').and_then(|(name, value)| Some((name, decoded(value)?)));
            match read.ok_or_else(|| fault(AddressFault::Unreadable))? {
                ("sslrootcert", value) => root = Some(PathBuf::from(value)),
                ("sslmode", value) => mode = Some(value),
                ("ward", value) => ward = Some(value),
                ("password" | "passfile", _) => return Err(fault(AddressFault::Password)),
                _ => others.push(option),
            }
        }
        let plain = if others.is_empty() { place.to_owned() } else { format!("{place}?{}", others.join("&")) };
        let mut config: Config = plain.parse().map_err(|_| fault(AddressFault::Unreadable))?;
        if config.get_password().is_some() {
            return Err(fault(AddressFault::Password));
        }
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host(SOCKET);
        }
        let mode = match (mode.as_deref(), is_near(&config)) {
            (None | Some("disable"), true) => SslMode::Disable,
            (Some("prefer"), true) => SslMode::Prefer,
            (Some("disable" | "allow" | "prefer"), false) => return Err(fault(AddressFault::NotEncrypted)),
            (None | Some("require" | "verify-ca" | "verify-full"), _) => SslMode::Require,
            (Some(_), _) => return Err(fault(AddressFault::Unreadable)),
        };
        config.ssl_mode(mode);
        config.application_name("osteodose");
        config.connect_timeout(super::PATIENCE);
        Ok(Self { config, root, ward, shown: given.to_owned() })
    }

    /// The same for a ward.
    pub(super) fn of(self, ward: Uid) -> Self {
        Self { ward: Some(ward.to_string()), ..self }
    }
}

/// Whether everything that is sent stays on this computer.
fn is_near(config: &Config) -> bool {
    let is_here = |host: &Host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    config.get_hosts().iter().all(is_here) && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// A value with what is written in it as `%2F`.
fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = rest.get(2..)?;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Address, AddressFault> {
        Address::read(Path::new(text)).map_err(|error| match error {
            StoreError::NotAnAddress { why, .. } => why,
            error => panic!("{error:?}"),
        })
    }

    #[test]
    fn what_leaves_this_computer_is_encrypted_and_proved() {
        for (text, mode) in [
            ("postgresql:///ward", SslMode::Disable),
            ("postgresql://%2Fvar%2Frun%2Fpostgresql/ward", SslMode::Disable),
            ("postgresql://localhost/ward", SslMode::Disable),
            ("postgresql://127.0.0.1:5433/ward?sslmode=prefer", SslMode::Prefer),
            ("postgresql://[::1]/ward?sslmode=require", SslMode::Require),
            ("postgresql://aberg@onco-db/ward", SslMode::Require),
            ("postgresql://aberg@onco-db/ward?sslmode=verify-full", SslMode::Require),
        ] {
            assert_eq!(read(text).ok().map(|it| it.config.get_ssl_mode()), Some(mode), "{text}");
        }
        for mode in ["disable", "allow", "prefer"] {
            let refused = read(&format!("postgresql://aberg@onco-db/ward?sslmode={mode}")).err();
            assert_eq!(refused, Some(AddressFault::NotEncrypted), "{mode}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused() {
        for text in ["postgresql://aberg:secret@onco-db/ward", "postgresql://onco-db/ward?password=secret"] {
            assert_eq!(read(text).err(), Some(AddressFault::Password), "{text}");
        }
    }

    #[test]
    fn certificates_and_ward_are_read_and_what_is_not_known_is_refused() {
        let read_all = read("postgresql://onco-db/ward?sslrootcert=/etc/ca%20file.pem&ward=Day%20unit").unwrap();
        assert_eq!(read_all.root.as_deref(), Some(Path::new("/etc/ca file.pem")));
        assert_eq!(read_all.ward.as_deref(), Some("Day unit"));
        for text in
            ["postgresql://onco-db/ward?sslmode=maybe", "postgresql://onco-db/ward?what=1", "postgresql://h?ward=%"]
        {
            assert_eq!(read(text).err(), Some(AddressFault::Unreadable), "{text}");
        }
    }
}
