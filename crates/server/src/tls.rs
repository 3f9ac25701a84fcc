//! TLS. A school without a certificate of its own gets a private authority; invites carry its pin.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, SanType,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

use crate::{Fail, Result};

/// A certificate chain, its key, and the private authority behind it.
pub struct Keys {
    /// What rustls serves with.
    pub config: Arc<rustls::ServerConfig>,
    /// The private authority, DER; empty where the certificate was given.
    pub ca: Vec<u8>,
}

/// Where the certificate comes from.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// PEM chain.
    pub cert: Option<PathBuf>,
    /// PEM key.
    pub key: Option<PathBuf>,
    /// Allow TLS 1.2 for old proxies.
    pub tls12: bool,
}

/// The authority lives longer than any invite; the server's own certificate is made anew at each start.
const CA_DAYS: i64 = 3650;
const CERT_DAYS: i64 = 397;

/// The private authority's certificate in the data folder.
pub const CA: &str = "ca.pem";
/// Its key.
pub const CA_KEY: &str = "ca-key.pem";

/// The keys to serve with: those given, or the private authority's. `trusted`: as [`authority_der`].
///
/// # Errors
/// If a file is missing or cannot be read; the message names it.
pub fn keys(dir: &Path, names: &[String], given: &Given, trusted: bool, now: Timestamp) -> Result<Keys> {
    let (chain, key, ca) = match (&given.cert, &given.key) {
        (Some(cert), Some(key)) => {
            let chain = CertificateDer::pem_file_iter(cert)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(|error| unreadable(cert, &error))?;
            let key = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, &error))?;
            (chain, key, Vec::new())
        }
        (None, None) => private(dir, names, trusted, now)?,
        _ => return Err(Fail::caller(500, "tls", "Give --tls-cert and --tls-key together, or neither.")),
    };
    let versions: &[&rustls::SupportedProtocolVersion] = if given.tls12 {
        &[&rustls::version::TLS13, &rustls::version::TLS12]
    } else {
        &[&rustls::version::TLS13]
    };
    let mut config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(versions)
            .map_err(Fail::broken)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| {
                Fail::caller(500, "tls", format!("The certificate and key do not fit: {error}."))
            })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Keys { config: Arc::new(config), ca })
}

type Private = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>, Vec<u8>);

fn private(dir: &Path, names: &[String], trusted: bool, now: Timestamp) -> Result<Private> {
    let (ca_pem, key_pem) = authority(dir, trusted, now)?;
    let ca = CertificateDer::from_pem_slice(ca_pem.as_bytes()).map_err(Fail::broken)?;
    let ca_key = KeyPair::from_pem(&key_pem).map_err(Fail::broken)?;
    // Name and key are all that a signature takes from the authority.
    let issuer = Issuer::new(authority_params(now)?, ca_key);

    let mut params = CertificateParams::default();
    params.distinguished_name = named("Xinmei school server");
    params.subject_alt_names = names.iter().map(|name| alt_name(name)).collect::<Result<_>>()?;
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    (params.not_before, params.not_after) = validity(now, CERT_DAYS)?;
    let key = KeyPair::generate().map_err(Fail::broken)?;
    let cert = params.signed_by(&key, &issuer).map_err(Fail::broken)?;
    let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(Fail::broken)?;
    Ok((vec![cert.der().clone(), ca.clone()], key, ca.to_vec()))
}

/// The private authority, DER; made at the first call. `trusted`: whether devices have joined, which trust the one
/// there was and no other.
///
/// # Errors
/// `authority-missing` where half of it is gone, or all of it while devices trust it: a new one would lock every device
/// out for good. If the folder cannot be written or the file cannot be read.
pub fn authority_der(dir: &Path, trusted: bool, now: Timestamp) -> Result<Vec<u8>> {
    let (pem, _) = authority(dir, trusted, now)?;
    Ok(CertificateDer::from_pem_slice(pem.as_bytes()).map_err(Fail::broken)?.to_vec())
}

/// Reads the private authority, or makes it at the first start.
fn authority(dir: &Path, trusted: bool, now: Timestamp) -> Result<(String, String)> {
    let (cert_path, key_path) = (dir.join(CA), dir.join(CA_KEY));
    let missing = |detail: String| Fail::caller(500, "authority-missing", detail);
    match (cert_path.exists(), key_path.exists()) {
        (true, true) => {
            let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| unreadable(path, &error));
            return Ok((read(&cert_path)?, read(&key_path)?));
        }
        (false, false) if trusted => {
            let detail = "devices have joined and trust no other. Restore both from a backup, or serve with --tls-cert";
            return Err(missing(format!("{CA} and {CA_KEY} are missing in {}; {detail}.", dir.display())));
        }
        (false, false) => {}
        (cert_there, _) => {
            let (gone, there) = if cert_there { (CA_KEY, CA) } else { (CA, CA_KEY) };
            let instead = if trusted {
                String::new()
            } else {
                format!(" No device has joined yet: remove {there} instead, and both are made anew.")
            };
            let dir = dir.display();
            return Err(missing(format!(
                "{gone} is missing in {dir}, {there} is there. Restore {gone} from a backup.{instead}"
            )));
        }
    }
    let key = KeyPair::generate().map_err(Fail::broken)?;
    let cert = authority_params(now)?.self_signed(&key).map_err(Fail::broken)?;
    let (cert, key) = (cert.pem(), key.serialize_pem());
    crate::folder::write_private(&key_path, key.as_bytes())?;
    crate::folder::write_private(&cert_path, cert.as_bytes())?;
    Ok((cert, key))
}

fn authority_params(now: Timestamp) -> Result<CertificateParams> {
    let mut params = CertificateParams::default();
    params.distinguished_name = named("Xinmei private school authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = validity(now, CA_DAYS)?;
    Ok(params)
}

fn named(name: &str) -> DistinguishedName {
    let mut dn = DistinguishedName::new();
    dn.push(DnType::CommonName, name);
    dn
}

fn alt_name(name: &str) -> Result<SanType> {
    match name.parse::<IpAddr>() {
        Ok(ip) => Ok(SanType::IpAddress(ip)),
        Err(_) => Ok(SanType::DnsName(name.try_into().map_err(|_| {
            Fail::caller(500, "tls", format!("{name} is no name for a server: letters, digits, dots."))
        })?)),
    }
}

/// From a day ago, because clocks differ.
fn validity(now: Timestamp, days: i64) -> Result<(time::OffsetDateTime, time::OffsetDateTime)> {
    let at = |days: i64| {
        let instant = now.saturating_add(SignedDuration::from_hours(days * 24)).map_err(Fail::broken)?;
        time::OffsetDateTime::from_unix_timestamp(instant.as_second()).map_err(Fail::broken)
    };
    Ok((at(-1)?, at(days)?))
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Fail {
    Fail::caller(500, "tls", format!("{} cannot be read: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::Edge;

    #[test]
    fn an_authority_that_devices_trust_is_never_made_anew() {
        let dir = tempfile::tempdir().unwrap();
        let now = Edge::of_machine().clock.now();
        let ask = |trusted| authority_der(dir.path(), trusted, now);
        let refused = |trusted, words: &str| {
            let fail = ask(trusted).unwrap_err();
            assert!(
                matches!(&fail, Fail::Caller { code: "authority-missing", detail, .. } if detail.contains(words)),
                "{fail}"
            );
        };
        let first = ask(false).unwrap();
        assert_eq!(ask(true).unwrap(), first);
        for (gone, there) in [(CA, CA_KEY), (CA_KEY, CA)] {
            let (path, kept) = (dir.path().join(gone), dir.path().join("kept"));
            std::fs::rename(&path, &kept).unwrap();
            let other = std::fs::read(dir.path().join(there)).unwrap();
            refused(true, &format!("Restore {gone}"));
            refused(false, &format!("remove {there}"));
            assert_eq!(std::fs::read(dir.path().join(there)).unwrap(), other, "{there} was overwritten");
            std::fs::rename(&kept, &path).unwrap();
        }
        for file in [CA, CA_KEY] {
            std::fs::remove_file(dir.path().join(file)).unwrap();
        }
        refused(true, "Restore both");
        assert_ne!(ask(false).unwrap(), first, "without devices a new one harms nobody");
    }
}
