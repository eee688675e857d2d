//! What a fresh portal contains.

use rust_decimal::Decimal;

use super::data::{Category, Currency, Loose, Status, User};
use super::portal::Portal;

/// The seeds to choose from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seed {
    /// With the funnel of the shop.
    #[default]
    Shop,
    /// With the default funnel only.
    Empty,
}

/// Stages of a fresh funnel: code, name, order, system, colour, semantics.
const STAGES: &[(&str, &str, i64, bool, &str, &str)] = &[
    ("NEW", "Новая", 10, true, "#39A8EF", ""),
    ("PREPARATION", "Подготовка документов", 20, false, "#2FC6F6", ""),
    // The first letter is a Latin "C" in the portal, too.
    ("PREPAYMENT_INVOICE", "Cчет на предоплату", 30, false, "#55D0E0", ""),
    ("EXECUTING", "В работе", 40, false, "#47E4C2", ""),
    ("FINAL_INVOICE", "Финальный счет", 50, false, "#FFA900", ""),
    ("WON", "Сделка успешна", 60, true, "#7BD500", "S"),
    ("LOSE", "Сделка провалена", 70, true, "#FF5752", "F"),
    ("APOLOGY", "Анализ причины провала", 80, false, "#FF5752", "F"),
];

/// Other dictionaries.
const DICTIONARIES: &[(&str, &[(&str, &str)])] = &[
    (
        "DEAL_TYPE",
        &[
            ("SALE", "Продажа"),
            ("COMPLEX", "Комплексная продажа"),
            ("GOODS", "Продажа товара"),
            ("SERVICES", "Продажа услуг"),
            ("SERVICE", "Сервисное обслуживание"),
        ],
    ),
    (
        "SOURCE",
        &[
            ("CALL", "Звонок"),
            ("EMAIL", "Электронная почта"),
            ("WEB", "Веб-сайт"),
            ("ADVERTISING", "Реклама"),
            ("PARTNER", "Существующий клиент"),
            ("RECOMMENDATION", "По рекомендации"),
            ("TRADE_SHOW", "Выставка"),
            ("WEBFORM", "CRM-форма"),
            ("CALLBACK", "Обратный звонок"),
            ("OTHER", "Другое"),
        ],
    ),
    (
        "CONTACT_TYPE",
        &[("CLIENT", "Клиенты"), ("SUPPLIER", "Поставщики"), ("PARTNER", "Партнёры"), ("OTHER", "Другое")],
    ),
    ("HONORIFIC", &[("HNR_RU_1", "г-н"), ("HNR_RU_2", "г-жа")]),
    (
        "COMPANY_TYPE",
        &[("CUSTOMER", "Клиент"), ("SUPPLIER", "Поставщик"), ("PARTNER", "Партнёр"), ("OTHER", "Другое")],
    ),
    ("INDUSTRY", &[("IT", "Информационные технологии"), ("RETAIL", "Торговля"), ("OTHER", "Другое")]),
];

impl Portal {
    /// A fresh portal.
    pub fn seeded(seed: Seed) -> Self {
        let mut portal = Self { next_multi: 1, next_choice: 1, ..Self::default() };
        portal.chance = portal.switches.chance_seed;
        portal.post.next_id = 1;
        for (id, active, name, last_name, position) in [
            (1, true, "Админ", "Порталов", "Администратор"),
            (6, true, "Мария", "Сидорова", "Менеджер"),
            (7, false, "Пётр", "Уволенный", "Менеджер"),
            (8, true, "Олег", "Смирнов", "Менеджер"),
        ] {
            portal.users.put(
                id,
                User {
                    active,
                    name: name.to_owned(),
                    last_name: last_name.to_owned(),
                    email: format!("user{id}@portal.example"),
                    position: position.to_owned(),
                },
            );
        }
        portal.currencies = vec![
            currency("RUB", Decimal::ONE, "Российский рубль", true, "# &#8381;"),
            currency("USD", Decimal::from(90), "Доллар США", false, "$#"),
        ];
        for (entity, entries) in DICTIONARIES {
            for (place, (code, name)) in entries.iter().enumerate() {
                portal.statuses.add(|_| dictionary_entry(entity, code, name, (place as i64 + 1) * 10));
            }
        }
        portal.statuses.reserve(101);
        portal.add_category(0, "Общая", 300, true);
        if seed == Seed::Shop {
            portal.add_category(5, "Интернет-магазин", 200, false);
        }
        portal.seed_catalog();
        portal
    }

    fn add_category(&mut self, id: i64, name: &str, sort: i64, is_default: bool) {
        let category = Category {
            name: name.to_owned(),
            sort,
            is_default,
            origin_id: String::new(),
            originator_id: String::new(),
        };
        self.categories.put(id, category);
        self.add_stages(id);
    }

    /// The default stages of a funnel.
    pub fn add_stages(&mut self, category: i64) {
        let prefix = if category == 0 { String::new() } else { format!("C{category}:") };
        for (code, name, sort, system, color, semantics) in STAGES {
            let status = Status {
                entity_id: Self::stage_dictionary(category),
                status_id: format!("{prefix}{code}"),
                name: (*name).to_owned(),
                name_init: (*name).to_owned(),
                sort: *sort,
                system: *system,
                color: (*color).to_owned(),
                semantics: (*semantics).to_owned(),
                category: (category != 0).then_some(category),
            };
            self.statuses.add(|_| status);
        }
    }

    fn seed_catalog(&mut self) {
        let entry = |kind: &str, fields: &[(&str, &str)]| Loose {
            kind: kind.to_owned(),
            fields: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            ..Loose::default()
        };
        self.loose
            .add(|_| entry("section", &[("iblockId", "14"), ("name", "Товары магазина"), ("active", "Y")]));
        for (id, name) in
            [("1", "Организация"), ("2", "Индивидуальный предприниматель"), ("3", "Физическое лицо")]
        {
            let fields = [
                ("ENTITY_TYPE_ID", "8"),
                ("COUNTRY_ID", "1"),
                ("NAME", name),
                ("ACTIVE", "Y"),
                ("PRESET", id),
            ];
            self.loose.add(|_| entry("preset", &fields));
        }
    }
}

fn currency(code: &str, rate: Decimal, name: &str, base: bool, format: &str) -> Currency {
    Currency { code: code.to_owned(), rate, name: name.to_owned(), base, format: format.to_owned() }
}

fn dictionary_entry(entity: &str, code: &str, name: &str, sort: i64) -> Status {
    Status {
        entity_id: entity.to_owned(),
        status_id: code.to_owned(),
        name: name.to_owned(),
        name_init: name.to_owned(),
        sort,
        system: true,
        color: String::new(),
        semantics: String::new(),
        category: None,
    }
}
