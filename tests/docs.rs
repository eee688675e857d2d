//! The documents that are made from the code: what each answer of the portal means, and every code.
//! `RECORD=1` writes them; without it a stale one is a failure.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

use orderbridge::error::{Code, Lang, ALL};
use orderbridge::sync::answers::{Answer, Then, CURRENCY, MISSING, REFUSALS, TRANSPORT};
use std::path::Path;

/// A text in the language of the document.
fn say(lang: Lang, ru: &str, en: &str) -> String {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// What a person reads, without the particulars.
fn texts(code: Code, lang: Lang) -> String {
    let (message, hint) = code.texts(lang);
    format!("{message} {hint}").trim().replace('|', "\\|")
}

/// What the portal says, in its own words.
fn when(answer: &Answer, lang: Lang) -> String {
    let codes: Vec<String> = answer
        .code
        .split('|')
        .map(|code| match code {
            "*" => say(lang, "любой код", "any code"),
            "" => say(lang, "пустой код", "the empty code"),
            "http" => say(lang, "не JSON", "not JSON"),
            "tls" => say(
                lang,
                "сертификат не принят",
                "the certificate is not accepted",
            ),
            "timeout" => say(lang, "нет ответа вовремя", "no answer in time"),
            "too_large" => say(lang, "ответ слишком велик", "the answer is too large"),
            "dns" => say(lang, "имя не найдено", "the name is not found"),
            "refused" => say(lang, "соединение отвергнуто", "the connection is refused"),
            "connect" => say(lang, "не соединиться", "no connection"),
            "reset" => say(lang, "соединение оборвано", "the connection is cut"),
            code => format!("`{code}`"),
        })
        .collect();
    let texts: Vec<String> = answer
        .text
        .split('|')
        .filter(|text| !text.is_empty())
        .map(|text| {
            match text
                .strip_prefix("http")
                .filter(|rest| !rest.starts_with('s'))
            {
                Some(status) => format!("HTTP {status}{}", "x".repeat(3 - status.len())),
                None => format!("«{text}»"),
            }
        })
        .collect();
    if texts.is_empty() {
        codes.join(", ")
    } else {
        format!("{}: {}", codes.join(", "), texts.join(", "))
    }
}

/// What we do.
fn does(then: Then, lang: Lang) -> String {
    match then {
        Then::Again => say(lang, "повтор: до 10 раз за трое суток", "again: up to 10 times in three days"),
        Then::AgainQuietly => say(
            lang,
            "повтор: до 10 раз за трое суток; портал 30 с не трогаем",
            "again: up to 10 times in three days; the portal is left alone for 30 s",
        ),
        Then::Hold(seconds) => say(
            lang,
            &format!("пауза для всех заказов: {seconds} с или сколько скажет портал; попытка не тратится"),
            &format!("a pause for all orders: {seconds} s or what the portal says; no attempt is spent"),
        ),
        Then::Later(seconds) => say(
            lang,
            &format!("этот заказ ждёт {seconds} с или сколько скажет портал; попытка не тратится"),
            &format!("this order waits {seconds} s or what the portal says; no attempt is spent"),
        ),
        Then::Stop => say(
            lang,
            "**стоп**: заказы ждут человека; сами проверяем каждые 5 минут",
            "**stop**: orders wait for a person; looked at again every 5 minutes",
        ),
        Then::Dead => say(
            lang,
            "этот заказ ждёт человека, остальные идут",
            "this order waits for a person, the others go on",
        ),
    }
}

/// What the task does that knows more than the table.
fn task_does(answer: &Answer, lang: Lang) -> String {
    if answer.says == Code::DealGone {
        return say(
            lang,
            "ищем сделку по номеру заказа; не нашлась — как настроено: спросить, создать новую, отвязать",
            "the deal is looked for by the order's id; not found: ask, make a new one, or unlink, as it is set",
        );
    }
    does(answer.then, lang)
}

fn answers(lang: Lang) -> String {
    let mut out = say(
        lang,
        "# Ответы Битрикс24 и что мы делаем\n\n\
         Составлено из `src/sync/answers.rs` (`make docs`), руками не правится. Считается первая подходящая \
         строка. Решает код ошибки, а не статус HTTP: документация и порталы о статусах спорят.\n",
        "# What Bitrix24 answers and what we do\n\n\
         Made from `src/sync/answers.rs` (`make docs`), not edited by hand. The first row that fits counts. The \
         error's code decides, not the HTTP status: the documentation and the portals disagree about statuses.\n",
    );
    let part = |title: String, rows: &[&Answer]| {
        let head = say(
            lang,
            "| Ответ | Что делаем | Код | Что читает человек |",
            "| Answer | What we do | Code | What the person reads |",
        );
        let rows: Vec<String> = rows
            .iter()
            .map(|row| {
                format!(
                    "| {} | {} | `{}` | {} |",
                    when(row, lang),
                    task_does(row, lang),
                    row.says.as_str(),
                    texts(row.says, lang)
                )
            })
            .collect();
        let rows = rows.join("\n");
        format!("\n## {title}\n\n{head}\n|---|---|---|---|\n{rows}\n")
    };
    let all: Vec<&Answer> = TRANSPORT.iter().collect();
    out += &part(
        say(
            lang,
            "Ответа нет, или он не читается",
            "No answer, or none that can be read",
        ),
        &all,
    );
    let all: Vec<&Answer> = MISSING.iter().chain([&CURRENCY]).collect();
    out += &part(
        say(
            lang,
            "Отказ, о котором знает сама задача",
            "A refusal that the task itself knows",
        ),
        &all,
    );
    let all: Vec<&Answer> = REFUSALS.iter().collect();
    out += &part(say(lang, "Портал отказал", "The portal has said no"), &all);
    out
}

fn codes() -> String {
    let mut out = "# Codes · Коды\n\n\
        Every code that the core refuses, warns or reports with, in the order of `src/error/texts.rs`, from which \
        this list is made (`make docs`). `{…}` is filled in. Each has a vector in `tests/vectors/`.\n\n\
        | Code | Русский | English |\n|---|---|---|\n"
        .to_owned();
    let rows: Vec<String> = ALL
        .iter()
        .map(|code| {
            let [ru, en] = [Lang::Ru, Lang::En].map(|lang| texts(*code, lang));
            ["| `", code.as_str(), "` | ", &ru, " | ", &en, " |\n"].concat()
        })
        .collect();
    out += &rows.concat();
    out
}

#[test]
fn the_documents_say_what_the_code_does() {
    for (name, text) in [
        ("ANSWERS.ru.md", answers(Lang::Ru)),
        ("ANSWERS.md", answers(Lang::En)),
        ("CODES.md", codes()),
    ] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("php-bridge")
            .join(name);
        if std::env::var("RECORD").is_ok() {
            std::fs::write(&file, &text).unwrap();
        }
        let stored = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(stored == text, "php-bridge/{name} is stale: run make docs");
    }
}

/// Codes are words that hosts and people may search for: none twice, none that is not one word.
#[test]
fn codes_are_words_of_their_own() {
    let mut seen = std::collections::BTreeSet::new();
    for code in ALL {
        let word = code.as_str();
        assert!(
            word.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
            "{word}"
        );
        assert!(seen.insert(word), "{word} stands twice");
    }
}
