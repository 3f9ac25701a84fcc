//! Bad lines, and somebody who answers in the school's place.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, SanType,
    date_time_ymd,
};
use rustls::{
    ServerConfig, SupportedProtocolVersion,
    pki_types::PrivateKeyDer,
    version::{TLS12, TLS13},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

use super::World;

/// Whose certificate a fake server shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// One of the school's own authority: only to see what a client makes of the answer.
    TheSchools,
    /// One that names another host.
    AnotherHost,
    /// One that ended years ago.
    Expired,
    /// One of an authority nobody trusts.
    ItsOwn,
    /// One of the school's, over TLS 1.2.
    Tls12,
    /// None: plain HTTP.
    Nothing,
}

fn config(world: &World, shows: Shows) -> ServerConfig {
    let (pem, key) = ("ca.pem", "ca-key.pem");
    let read = |name: &str| std::fs::read_to_string(world.data().join(name)).unwrap();
    assert!(read(pem).contains("BEGIN CERTIFICATE"));
    let ca_key = match shows {
        Shows::ItsOwn => KeyPair::generate().unwrap(),
        _ => KeyPair::from_pem(&read(key)).unwrap(),
    };
    let mut authority = CertificateParams::default();
    authority.distinguished_name = rcgen::DistinguishedName::new();
    authority.distinguished_name.push(DnType::CommonName, "Xinmei private school authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    let issuer = Issuer::new(authority, ca_key);
    let mut params = CertificateParams::default();
    params.subject_alt_names = vec![match shows {
        Shows::AnotherHost => SanType::DnsName("other.example".try_into().unwrap()),
        _ => SanType::IpAddress("127.0.0.1".parse().unwrap()),
    }];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    (params.not_before, params.not_after) = match shows {
        Shows::Expired => (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1)),
        _ => (date_time_ymd(2020, 1, 1), date_time_ymd(2090, 1, 1)),
    };
    let own = KeyPair::generate().unwrap();
    let cert = params.signed_by(&own, &issuer).unwrap();
    let versions: &[&SupportedProtocolVersion] = if shows == Shows::Tls12 { &[&TLS12] } else { &[&TLS13] };
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], PrivateKeyDer::try_from(own.serialize_der()).unwrap())
        .unwrap()
}

/// Somebody who answers in the school's place and writes down what was said to them.
pub struct Fake {
    heard: Arc<Mutex<Vec<u8>>>,
    task: JoinHandle<()>,
}

impl Fake {
    /// Listens at the school's address and gives one answer to everything.
    pub async fn at(address: &str, world: &World, shows: Shows, answer: Vec<u8>) -> Self {
        let listener = TcpListener::bind(address.parse::<SocketAddr>().unwrap()).await.unwrap();
        let acceptor = (shows != Shows::Nothing).then(|| TlsAcceptor::from(Arc::new(config(world, shows))));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (book, answer) = (Arc::clone(&heard), Arc::new(answer));
        let task = tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                let (book, answer, acceptor) = (Arc::clone(&book), Arc::clone(&answer), acceptor.clone());
                tokio::spawn(async move {
                    match acceptor {
                        Some(acceptor) => {
                            let Ok(stream) = acceptor.accept(stream).await else { return };
                            lie(stream, &book, &answer).await;
                        }
                        None => lie(stream, &book, &answer).await,
                    }
                });
            }
        });
        Self { heard, task }
    }

    /// Goes away; what was heard.
    pub async fn leave(self) -> String {
        self.task.abort();
        let _ = self.task.await;
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }
}

/// Listens to one request and gives the answer.
async fn lie<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, book: &Mutex<Vec<u8>>, answer: &[u8]) {
    let (mut request, mut buffer) = (Vec::new(), [0_u8; 16 * 1024]);
    loop {
        let Ok(Ok(read @ 1..)) = tokio::time::timeout(Duration::from_secs(2), stream.read(&mut buffer)).await
        else {
            break;
        };
        request.extend_from_slice(&buffer[..read]);
        book.lock().unwrap().extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&request).to_lowercase();
        let Some(head) = text.find("\r\n\r\n") else {
            // No HTTP: a TLS hello to a plain server, say.
            if request.first() == Some(&0x16) {
                break;
            }
            continue;
        };
        let length =
            text.split("content-length: ").nth(1).and_then(|rest| rest.split('\r').next()?.parse().ok());
        if request.len() >= head + 4 + length.unwrap_or(0) {
            break;
        }
    }
    let _ = stream.write_all(answer).await;
    let _ = stream.shutdown().await;
}

/// An HTTP answer.
pub fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n", body.len())
            .into_bytes();
    answer.extend_from_slice(body);
    answer
}

/// How a line is bad.
#[derive(Clone, Copy, Default)]
pub struct Weather {
    /// The connection ends after so many bytes of the answer.
    pub cut_down: Option<u64>,
    /// The connection ends after so many bytes of the question.
    pub cut_up: Option<u64>,
    /// Bytes a second.
    pub rate: Option<u64>,
    /// What is said to the school is said on a second connection too.
    pub doubled: bool,
}

/// A line that can be bad.
pub struct Wire {
    /// Where it begins.
    pub address: String,
    weather: watch::Sender<Weather>,
    task: JoinHandle<()>,
}

impl Wire {
    /// A line to the school at this address.
    pub async fn to(school: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (weather, mut now) = watch::channel(Weather::default());
        let school = school.to_owned();
        let task = tokio::spawn(async move {
            loop {
                let Ok((near, _)) = listener.accept().await else { continue };
                let weather = *now.borrow_and_update();
                let (school, mut now) = (school.clone(), now.clone());
                tokio::spawn(async move {
                    let Ok(far) = TcpStream::connect(&school).await else { return };
                    let twin = match weather.doubled {
                        true => TcpStream::connect(&school).await.ok(),
                        false => None,
                    };
                    let (near_read, near_write) = near.into_split();
                    let (far_read, far_write) = far.into_split();
                    // The first side to end takes the other with it, as a cut does; so does a change of weather.
                    tokio::select! {
                        _ = now.changed() => {}
                        () = carry(near_read, far_write, twin, weather.cut_up, weather.rate) => {}
                        () = carry(far_read, near_write, None, weather.cut_down, weather.rate) => {}
                    }
                });
            }
        });
        Self { address, weather, task }
    }

    /// What every line from now on is like; those that stand are cut.
    pub fn weather(&self, weather: Weather) {
        self.weather.send(weather).unwrap();
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut twin: Option<TcpStream>,
    cut: Option<u64>,
    rate: Option<u64>,
) {
    let mut left = cut.unwrap_or(u64::MAX);
    let mut buffer = [0_u8; 4096];
    let most = rate.map_or(buffer.len(), |rate| usize::try_from(rate / 20).unwrap());
    loop {
        let Ok(read @ 1..) = from.read(&mut buffer[..most]).await else { return };
        let part = read.min(usize::try_from(left).unwrap_or(usize::MAX));
        if to.write_all(&buffer[..part]).await.is_err() {
            return;
        }
        if let Some(twin) = &mut twin {
            let _ = twin.write_all(&buffer[..part]).await;
        }
        left -= part as u64;
        if left == 0 {
            return;
        }
        if let Some(rate) = rate {
            tokio::time::sleep(Duration::from_micros(part as u64 * 1_000_000 / rate)).await;
        }
    }
}
