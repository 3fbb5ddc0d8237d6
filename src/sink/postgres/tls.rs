//! Encrypted connections, and which servers are believed. The modes are those of
//! [libpq](https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION).

use super::address::reason;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{
        CertificateDer, ServerName, UnixTime,
        pem::{self, PemObject},
    },
    server::ParsedCertificate,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Which servers are believed; the file holds the authorities, those of the system when there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trust {
    /// Any that encrypts.
    Anyone,
    /// One with a certificate of an authority.
    Authority(Option<PathBuf>),
    /// The same, and the certificate names the host.
    Host(Option<PathBuf>),
}

/// Makes connections encrypted.
pub(super) fn connector(trust: &Trust) -> Result<MakeRustlsConnect, String> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    let (asks_name, root) = match trust {
        Trust::Anyone => (false, None),
        Trust::Authority(root) => (false, Some(root)),
        Trust::Host(root) => (true, Some(root)),
    };
    let (pinned, chain) = match root {
        Some(root) => {
            let pinned = root.as_ref().map(|path| read(path)).transpose()?.unwrap_or_default();
            let chain = chain(&pinned, root.is_some(), &provider)?;
            (pinned, Some(chain))
        }
        None => (Vec::new(), None),
    };
    let verifier = Arc::new(Verifier { pinned, chain, asks_name, provider });
    Ok(MakeRustlsConnect::new(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()))
}

/// The certificates in a file.
fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let unreadable =
        |error: pem::Error| format!("cannot read the certificates in '{}': {}", path.display(), reason(&error));
    CertificateDer::pem_file_iter(path).map_err(unreadable)?.map(|found| found.map_err(unreadable)).collect()
}

/// Believes the authorities of a file, or of the system when there is no file.
fn chain(
    pinned: &[CertificateDer<'static>],
    has_file: bool,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, String> {
    let mut roots = RootCertStore::empty();
    if has_file {
        roots.add_parsable_certificates(pinned.iter().cloned());
    } else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    if roots.is_empty() {
        return Err("there are no certificates of authorities; name their file with sslrootcert=FILE".to_owned());
    }
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
        .build()
        .map_err(|error| error.to_string())
}

/// Asks less of a server than the web does.
#[derive(Debug)]
struct Verifier {
    /// Certificates that the user named: a server that shows one of them is it, whoever signed it.
    pinned: Vec<CertificateDer<'static>>,
    /// Asks for an authority; without it anyone is believed.
    chain: Option<Arc<WebPkiServerVerifier>>,
    /// Whether the certificate must name the host.
    asks_name: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        if self.pinned.iter().any(|pinned| pinned == end_entity) {
            if self.asks_name {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        match chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            // The name is judged last: the authority was found good.
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.asks_name => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
