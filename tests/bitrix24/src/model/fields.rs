//! The field tables of deals, contacts and companies: names in both families, kinds, access.

/// How a field stores and prints its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number or the id of something.
    Int,
    /// Text.
    Text,
    /// Long text.
    LongText,
    /// Money with two decimals.
    Money,
    /// `Y` or `N`.
    Flag,
    /// A date without a time.
    Date,
    /// A moment.
    Moment,
    /// An entry of a dictionary (`crm.status`).
    Status(&'static str),
    /// A user's id.
    User,
}

/// Who may write a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Written freely.
    Write,
    /// Only when creating.
    Immutable,
    /// Never over the REST.
    Read,
}

/// What is known about a field.
#[derive(Debug)]
pub struct Meta {
    /// Name in the classic family.
    pub upper: &'static str,
    /// Name in the universal family.
    pub camel: &'static str,
    /// Kind of value.
    pub kind: Kind,
}

macro_rules! fields {
    ($($name:ident $upper:literal $camel:literal $kind:expr;)*) => {
        /// A field of a CRM entity.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum F { $(#[doc = $upper] $name,)* }

        /// Facts of every field, in the order of [`F`].
        pub static META: &[Meta] = &[$(Meta { upper: $upper, camel: $camel, kind: $kind },)*];

        /// Every field.
        pub static ALL: &[F] = &[$(F::$name,)*];
    };
}

fields! {
    Id "ID" "id" Kind::Int;
    Title "TITLE" "title" Kind::Text;
    TypeId "TYPE_ID" "typeId" Kind::Status("DEAL_TYPE");
    StageId "STAGE_ID" "stageId" Kind::Status("DEAL_STAGE");
    Probability "PROBABILITY" "probability" Kind::Int;
    CurrencyId "CURRENCY_ID" "currencyId" Kind::Text;
    Opportunity "OPPORTUNITY" "opportunity" Kind::Money;
    IsManualOpportunity "IS_MANUAL_OPPORTUNITY" "isManualOpportunity" Kind::Flag;
    TaxValue "TAX_VALUE" "taxValue" Kind::Money;
    LeadId "LEAD_ID" "leadId" Kind::Int;
    CompanyId "COMPANY_ID" "companyId" Kind::Int;
    ContactId "CONTACT_ID" "contactId" Kind::Int;
    QuoteId "QUOTE_ID" "quoteId" Kind::Int;
    Begindate "BEGINDATE" "begindate" Kind::Date;
    Closedate "CLOSEDATE" "closedate" Kind::Date;
    AssignedById "ASSIGNED_BY_ID" "assignedById" Kind::User;
    CreatedById "CREATED_BY_ID" "createdBy" Kind::User;
    ModifyById "MODIFY_BY_ID" "updatedBy" Kind::User;
    DateCreate "DATE_CREATE" "createdTime" Kind::Moment;
    DateModify "DATE_MODIFY" "updatedTime" Kind::Moment;
    Opened "OPENED" "opened" Kind::Flag;
    Closed "CLOSED" "closed" Kind::Flag;
    Comments "COMMENTS" "comments" Kind::LongText;
    AdditionalInfo "ADDITIONAL_INFO" "additionalInfo" Kind::LongText;
    LocationId "LOCATION_ID" "locationId" Kind::Text;
    CategoryId "CATEGORY_ID" "categoryId" Kind::Int;
    StageSemanticId "STAGE_SEMANTIC_ID" "stageSemanticId" Kind::Text;
    IsNew "IS_NEW" "isNew" Kind::Flag;
    IsRecurring "IS_RECURRING" "isRecurring" Kind::Flag;
    IsReturnCustomer "IS_RETURN_CUSTOMER" "isReturnCustomer" Kind::Flag;
    IsRepeatedApproach "IS_REPEATED_APPROACH" "isRepeatedApproach" Kind::Flag;
    SourceId "SOURCE_ID" "sourceId" Kind::Status("SOURCE");
    SourceDescription "SOURCE_DESCRIPTION" "sourceDescription" Kind::LongText;
    OriginatorId "ORIGINATOR_ID" "originatorId" Kind::Text;
    OriginId "ORIGIN_ID" "originId" Kind::Text;
    OriginVersion "ORIGIN_VERSION" "originVersion" Kind::Text;
    MovedById "MOVED_BY_ID" "movedBy" Kind::User;
    MovedTime "MOVED_TIME" "movedTime" Kind::Moment;
    LastActivityTime "LAST_ACTIVITY_TIME" "lastActivityTime" Kind::Moment;
    LastActivityBy "LAST_ACTIVITY_BY" "lastActivityBy" Kind::User;
    UtmSource "UTM_SOURCE" "utmSource" Kind::Text;
    UtmMedium "UTM_MEDIUM" "utmMedium" Kind::Text;
    UtmCampaign "UTM_CAMPAIGN" "utmCampaign" Kind::Text;
    UtmContent "UTM_CONTENT" "utmContent" Kind::Text;
    UtmTerm "UTM_TERM" "utmTerm" Kind::Text;
    Post "POST" "post" Kind::Text;
    Honorific "HONORIFIC" "honorific" Kind::Status("HONORIFIC");
    Name "NAME" "name" Kind::Text;
    SecondName "SECOND_NAME" "secondName" Kind::Text;
    LastName "LAST_NAME" "lastName" Kind::Text;
    Photo "PHOTO" "photo" Kind::Int;
    Birthdate "BIRTHDATE" "birthdate" Kind::Date;
    ContactType "TYPE_ID" "typeId" Kind::Status("CONTACT_TYPE");
    Export "EXPORT" "export" Kind::Flag;
    HasPhone "HAS_PHONE" "hasPhone" Kind::Flag;
    HasEmail "HAS_EMAIL" "hasEmail" Kind::Flag;
    HasImol "HAS_IMOL" "hasImol" Kind::Flag;
    FaceId "FACE_ID" "faceId" Kind::Int;
    Address "ADDRESS" "address" Kind::Text;
    Address2 "ADDRESS_2" "address2" Kind::Text;
    AddressCity "ADDRESS_CITY" "addressCity" Kind::Text;
    AddressPostalCode "ADDRESS_POSTAL_CODE" "addressPostalCode" Kind::Text;
    AddressRegion "ADDRESS_REGION" "addressRegion" Kind::Text;
    AddressProvince "ADDRESS_PROVINCE" "addressProvince" Kind::Text;
    AddressCountry "ADDRESS_COUNTRY" "addressCountry" Kind::Text;
    AddressLocAddrId "ADDRESS_LOC_ADDR_ID" "addressLocAddrId" Kind::Int;
    CompanyType "COMPANY_TYPE" "typeId" Kind::Status("COMPANY_TYPE");
    Industry "INDUSTRY" "industry" Kind::Status("INDUSTRY");
    Employees "EMPLOYEES" "employees" Kind::Text;
    Revenue "REVENUE" "revenue" Kind::Money;
    Logo "LOGO" "logo" Kind::Int;
    IsMyCompany "IS_MY_COMPANY" "isMyCompany" Kind::Flag;
    BankingDetails "BANKING_DETAILS" "bankingDetails" Kind::LongText;
}

impl F {
    /// Facts about the field.
    pub fn meta(self) -> &'static Meta {
        &META[self as usize]
    }
}

/// The kinds of CRM entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// Type 2.
    Deal,
    /// Type 3.
    Contact,
    /// Type 4.
    Company,
}

use Access::{Immutable as I, Read as R, Write as W};

/// The fields of a deal in the order the portal prints them.
pub static DEAL: &[(F, Access)] = &[
    (F::Id, R),
    (F::Title, W),
    (F::TypeId, W),
    (F::StageId, W),
    (F::Probability, W),
    (F::CurrencyId, W),
    (F::Opportunity, W),
    (F::IsManualOpportunity, W),
    (F::TaxValue, W),
    (F::LeadId, R),
    (F::CompanyId, W),
    (F::ContactId, W),
    (F::QuoteId, R),
    (F::Begindate, W),
    (F::Closedate, W),
    (F::AssignedById, W),
    (F::CreatedById, R),
    (F::ModifyById, R),
    (F::DateCreate, R),
    (F::DateModify, R),
    (F::Opened, W),
    (F::Closed, W),
    (F::Comments, W),
    (F::AdditionalInfo, W),
    (F::LocationId, W),
    (F::CategoryId, I),
    (F::StageSemanticId, R),
    (F::IsNew, R),
    (F::IsRecurring, W),
    (F::IsReturnCustomer, W),
    (F::IsRepeatedApproach, W),
    (F::SourceId, W),
    (F::SourceDescription, W),
    (F::OriginatorId, W),
    (F::OriginId, W),
    (F::MovedById, R),
    (F::MovedTime, R),
    (F::LastActivityTime, R),
    (F::LastActivityBy, R),
    (F::UtmSource, W),
    (F::UtmMedium, W),
    (F::UtmCampaign, W),
    (F::UtmContent, W),
    (F::UtmTerm, W),
];

/// The fields of a contact.
pub static CONTACT: &[(F, Access)] = &[
    (F::Id, R),
    (F::Post, W),
    (F::Comments, W),
    (F::Honorific, W),
    (F::Name, W),
    (F::SecondName, W),
    (F::LastName, W),
    (F::Photo, R),
    (F::LeadId, R),
    (F::ContactType, W),
    (F::SourceId, W),
    (F::SourceDescription, W),
    (F::CompanyId, W),
    (F::Birthdate, W),
    (F::Export, W),
    (F::HasPhone, R),
    (F::HasEmail, R),
    (F::HasImol, R),
    (F::DateCreate, R),
    (F::DateModify, R),
    (F::AssignedById, W),
    (F::CreatedById, R),
    (F::ModifyById, R),
    (F::Opened, W),
    (F::OriginatorId, W),
    (F::OriginId, W),
    (F::OriginVersion, W),
    (F::FaceId, R),
    (F::LastActivityTime, R),
    (F::LastActivityBy, R),
    (F::Address, W),
    (F::Address2, W),
    (F::AddressCity, W),
    (F::AddressPostalCode, W),
    (F::AddressRegion, W),
    (F::AddressProvince, W),
    (F::AddressCountry, W),
    (F::AddressLocAddrId, W),
    (F::UtmSource, W),
    (F::UtmMedium, W),
    (F::UtmCampaign, W),
    (F::UtmContent, W),
    (F::UtmTerm, W),
];

/// The fields of a company.
pub static COMPANY: &[(F, Access)] = &[
    (F::Id, R),
    (F::CompanyType, W),
    (F::Title, W),
    (F::Logo, R),
    (F::LeadId, R),
    (F::HasPhone, R),
    (F::HasEmail, R),
    (F::HasImol, R),
    (F::AssignedById, W),
    (F::CreatedById, R),
    (F::ModifyById, R),
    (F::BankingDetails, W),
    (F::Industry, W),
    (F::Revenue, W),
    (F::CurrencyId, W),
    (F::Employees, W),
    (F::Comments, W),
    (F::DateCreate, R),
    (F::DateModify, R),
    (F::Opened, W),
    (F::IsMyCompany, W),
    (F::OriginatorId, W),
    (F::OriginId, W),
    (F::OriginVersion, W),
    (F::LastActivityTime, R),
    (F::LastActivityBy, R),
    (F::Address, W),
    (F::Address2, W),
    (F::AddressCity, W),
    (F::AddressPostalCode, W),
    (F::AddressRegion, W),
    (F::AddressProvince, W),
    (F::AddressCountry, W),
    (F::AddressLocAddrId, W),
    (F::UtmSource, W),
    (F::UtmMedium, W),
    (F::UtmCampaign, W),
    (F::UtmContent, W),
    (F::UtmTerm, W),
];

impl Entity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Deal, Self::Contact, Self::Company];

    /// From `entityTypeId`.
    pub fn of_type(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.type_id() == id)
    }

    /// `entityTypeId`.
    pub fn type_id(self) -> i64 {
        self as i64 + 2
    }

    /// The one-letter (or two-letter) code used by product rows and bindings.
    pub fn letter(self) -> &'static str {
        ["D", "C", "CO"][self as usize]
    }

    /// The name in events, duplicates and user fields.
    pub fn name(self) -> &'static str {
        ["DEAL", "CONTACT", "COMPANY"][self as usize]
    }

    /// From its name in upper case.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.name() == name)
    }

    /// Its fields in printing order.
    pub fn fields(self) -> &'static [(F, Access)] {
        [DEAL, CONTACT, COMPANY][self as usize]
    }

    /// A field by its classic name.
    pub fn by_upper(self, name: &str) -> Option<(F, Access)> {
        self.fields().iter().find(|(f, _)| f.meta().upper == name).copied()
    }

    /// A field by its universal name.
    pub fn by_camel(self, name: &str) -> Option<(F, Access)> {
        self.fields().iter().find(|(f, _)| f.meta().camel == name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_within_an_entity() {
        for entity in Entity::ALL {
            for (f, _) in entity.fields() {
                assert_eq!(entity.by_upper(f.meta().upper).map(|(g, _)| g), Some(*f));
                assert_eq!(entity.by_camel(f.meta().camel).map(|(g, _)| g), Some(*f));
            }
        }
    }
}
