//! Who is let in. A page from elsewhere can make the browser send requests here, so each layer has
//! its reason: the host name against rebinding, the token against other programs and pages, the
//! headers against being framed or fed with foreign scripts.

use crate::call::refuse;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// The same rules as in the desktop window, where they stand in tauri.conf.json.
const POLICY: &str = "default-src 'self'; connect-src 'self'; img-src 'self' data: blob:; \
    style-src 'self' 'unsafe-inline'; font-src 'self' data:; worker-src 'self' blob:; \
    frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

#[derive(Clone)]
pub(crate) struct Door {
    token: Arc<str>,
    port: u16,
}

impl Door {
    pub fn new(token: String, port: u16) -> Door {
        Door { token: token.into(), port }
    }

    pub fn opens(&self, offered: &str) -> bool {
        same(offered.as_bytes(), self.token.as_bytes())
    }

    /// Calls need the token in a header, which a foreign page cannot set.
    pub fn opens_for_call(&self, headers: &HeaderMap) -> bool {
        text(headers, &HeaderName::from_static("x-quayside-token"))
            .is_some_and(|offered| self.opens(offered))
    }

    /// Reloading the page works after the token has left the address bar. The cookie opens the page
    /// only, never a call. Cookies do not tell ports apart, so the port is in its name.
    pub fn opens_by_cookie(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        text(headers, &COOKIE).is_some_and(|cookies| {
            cookies
                .split(';')
                .filter_map(|cookie| cookie.trim().split_once('='))
                .any(|(key, value)| key == name && self.opens(value))
        })
    }

    pub fn cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.token)
    }

    fn cookie_name(&self) -> String {
        format!("quayside-{}", self.port)
    }
}

/// Takes as long for a near miss as for a far one.
fn same(offered: &[u8], token: &[u8]) -> bool {
    let differing = offered.iter().zip(token).fold(0, |acc, (a, b)| acc | (a ^ b));
    offered.len() == token.len() && differing == 0
}

/// A name that someone else's DNS points at 127.0.0.1 is not this machine.
pub(crate) async fn check_host(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = text(headers, &HOST).unwrap_or_default();
    let origin = text(headers, &ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
    let foreign = headers.contains_key(ORIGIN) && !origin.is_some_and(is_here);
    if !is_here(host) || foreign {
        return refuse(
            StatusCode::FORBIDDEN,
            "foreign_host",
            "This address answers only on 127.0.0.1.",
            "Open the address that `quay serve` printed.",
        );
    }
    next.run(request).await
}

fn is_here(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) => return false,
        None => host,
    };
    name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

pub(crate) async fn own_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::is_here;

    #[test]
    fn only_this_machine_by_its_own_names() {
        for (host, expected) in [
            ("127.0.0.1:4750", true),
            ("localhost:4750", true),
            ("LOCALHOST", true),
            ("quayside.example:4750", false),
            ("127.0.0.1.example:4750", false),
            ("127.0.0.1:4750:x", false),
            ("", false),
        ] {
            assert_eq!(is_here(host), expected, "{host}");
        }
    }
}
