//! The way to the server: encrypted, and to nobody but the server that is named; and how the server is used.

use std::{path::Path, sync::Arc};

use postgres::{Client, Error, NoTls, config::SslMode};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{super::StoreError, address::Address, trouble::of_server};

/// How every session is used: what is said to be recorded is on the disk, and nobody is waited for without an end.
const SESSION: &str = "SET synchronous_commit = on; SET statement_timeout = '10s'; SET lock_timeout = '10s'; \
                       SET idle_in_transaction_session_timeout = '15s'; SET search_path = osteodose, pg_catalog";

/// Connects to the server.
pub(super) fn connect(address: &Address, password: Option<&str>) -> Result<Client, StoreError> {
    let mut config = address.config.clone();
    if let Some(password) = password {
        config.password(password);
    }
    let path = &address.shown;
    let connected = if config.get_ssl_mode() == SslMode::Disable {
        config.connect(NoTls)
    } else {
        config.connect(MakeRustlsConnect::new(encryption(address)?))
    };
    let mut client = connected.map_err(|error| {
        // What the library reports where the server asks for a password and none is at hand.
        let is_asked = std::error::Error::source(&error).is_some_and(|it| it.to_string() == "password missing");
        if is_asked { StoreError::NoPassword { path: path.clone() } } else { of_server(path, &error) }
    })?;
    client.batch_execute(SESSION).map_err(|error: Error| of_server(path, &error))?;
    Ok(client)
}

/// TLS that proves chain and name of the server's certificate.
fn encryption(address: &Address) -> Result<ClientConfig, StoreError> {
    let refused = |message: String| StoreError::System { path: address.shown.clone(), message };
    let mut roots = RootCertStore::empty();
    match &address.root {
        Some(file) => trust(&mut roots, file).map_err(|message| StoreError::System { path: file.clone(), message })?,
        None => drop(roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(|error| refused(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Trusts the certificates of a file.
fn trust(roots: &mut RootCertStore, file: &Path) -> Result<(), String> {
    let certificates = CertificateDer::pem_file_iter(file).map_err(|error| error.to_string())?;
    for certificate in certificates {
        roots.add(certificate.map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
    }
    Ok(())
}
