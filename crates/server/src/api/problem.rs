//! Errors as `application/problem+json` (RFC 9457).

use app::Problem;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, for programs (`code`) and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemBody {
    /// A stable word that programs match on.
    pub code: String,
    pub title: String,
    pub status: u16,
    /// What to do about it.
    pub detail: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiProblem {
    pub body: ProblemBody,
    pub retry_after_s: Option<u64>,
}

impl ApiProblem {
    pub fn new(status: StatusCode, code: &str, title: &str, detail: &str) -> ApiProblem {
        ApiProblem {
            body: ProblemBody {
                code: code.to_owned(),
                title: title.to_owned(),
                status: status.as_u16(),
                detail: detail.to_owned(),
            },
            retry_after_s: None,
        }
    }

    pub fn bad_request(title: &str) -> ApiProblem {
        let detail = "Correct the request; the OpenAPI document says what it takes.";
        ApiProblem::new(StatusCode::BAD_REQUEST, "bad_request", title, detail)
    }

    pub fn not_found(title: &str) -> ApiProblem {
        ApiProblem::new(StatusCode::NOT_FOUND, "not_found", title, "Check the id.")
    }

    pub fn unavailable(title: &str) -> ApiProblem {
        let detail = "Nothing was changed. Send the same request again.";
        ApiProblem {
            retry_after_s: Some(1),
            ..ApiProblem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", title, detail)
        }
    }
}

/// The trade's refusals with the status that fits them.
impl From<Problem> for ApiProblem {
    fn from(problem: Problem) -> ApiProblem {
        let status = match problem.code.as_str() {
            "unknown" => StatusCode::NOT_FOUND,
            "conflict" | "wrong_state" => StatusCode::CONFLICT,
            "invalid" | "qty_not_positive" | "not_enough" => StatusCode::UNPROCESSABLE_ENTITY,
            "disk_full" | "busy" | UNAVAILABLE => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let retry_after_s = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(1);
        let (code, title, detail) = (problem.code, problem.what_happened, problem.what_to_do);
        ApiProblem {
            body: ProblemBody { code, title, status: status.as_u16(), detail },
            retry_after_s,
        }
    }
}

/// The central log cannot be reached or was written by somebody else too often.
pub const UNAVAILABLE: &str = "unavailable";

/// What was refused before it came to us, a body that is too large for one, is said in the same form.
pub async fn in_form(response: Response) -> Response {
    let status = response.status();
    let plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/plain")));
    if !(status.is_client_error() || status.is_server_error()) || !plain {
        return response;
    }
    let said = axum::body::to_bytes(response.into_body(), WORDS_MAX).await.unwrap_or_default();
    let said = String::from_utf8_lossy(&said).into_owned();
    let title = if said.is_empty() { status.to_string() } else { said };
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::NOT_FOUND => "not_found",
        _ if status.is_client_error() => "bad_request",
        _ => "internal",
    };
    let detail = "Correct the request; the OpenAPI document says what it takes.";
    ApiProblem::new(status, code, &title, detail).into_response()
}

/// Longer ones are not for people.
const WORDS_MAX: usize = 4096;

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.body)).into_response();
        let problem_json = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, problem_json);
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
