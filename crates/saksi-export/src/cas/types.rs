//! The types of the CAS: those of `DKPro` Core that `INCEpTION` knows, and layers of our own.

use serde_json::{Map, Value, json};
use std::fmt::Write as _;

pub(crate) const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
pub(crate) const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
pub(crate) const EVENT: &str = "webanno.custom.SaksiEvent";
pub(crate) const EVENT_LINK: &str = "webanno.custom.SaksiEventArgumentsLink";
pub(crate) const ACTOR: &str = "webanno.custom.SaksiActor";
pub(crate) const PLACE: &str = "webanno.custom.SaksiPlace";
pub(crate) const TIME: &str = "webanno.custom.SaksiTime";
pub(crate) const QUANTITY: &str = "webanno.custom.SaksiQuantity";
pub(crate) const ATTRIBUTION: &str = "webanno.custom.SaksiAttribution";
pub(crate) const ATTRIBUTION_LINK: &str = "webanno.custom.SaksiAttributionPartsLink";
pub(crate) const SOURCE: &str = "webanno.custom.SaksiSource";
pub(crate) const CONTENT: &str = "webanno.custom.SaksiContent";

const ANNOTATION: &str = "uima.tcas.Annotation";
const STRING: &str = "uima.cas.String";
const DOUBLE: &str = "uima.cas.Double";
const BOOLEAN: &str = "uima.cas.Boolean";

/// A type, what it is one of, and its features with what they hold; `[]` after a type is several of it.
type Shape = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const TYPES: &[Shape] = &[
    (
        METADATA,
        "uima.tcas.DocumentAnnotation",
        &[("documentTitle", STRING), ("documentId", STRING), ("documentUri", STRING)],
    ),
    (SENTENCE, ANNOTATION, &[]),
    (
        EVENT,
        ANNOTATION,
        &[
            ("eventType", STRING),
            ("mode", STRING),
            ("context", STRING),
            ("quad", STRING),
            ("status", STRING),
            ("certainty", STRING),
            ("confidence", DOUBLE),
            ("historical", BOOLEAN),
            ("time", STRING),
            ("review", STRING),
            ("report", STRING),
            ("event", STRING),
            ("arguments", "webanno.custom.SaksiEventArgumentsLink[]"),
        ],
    ),
    (EVENT_LINK, "uima.cas.TOP", &[("role", STRING), ("target", ANNOTATION)]),
    (
        ACTOR,
        ANNOTATION,
        &[
            ("actor", STRING),
            ("name", STRING),
            ("kind", STRING),
            ("country", STRING),
            ("sector", STRING),
            ("form", STRING),
        ],
    ),
    (PLACE, ANNOTATION, &[("name", STRING), ("country", STRING), ("lat", DOUBLE), ("lon", DOUBLE)]),
    (TIME, ANNOTATION, &[("timex", STRING), ("value", STRING), ("earliest", STRING), ("latest", STRING)]),
    (QUANTITY, ANNOTATION, &[("value", STRING), ("unit", STRING)]),
    (
        ATTRIBUTION,
        ANNOTATION,
        &[
            ("attribution", STRING),
            ("stance", STRING),
            ("form", STRING),
            ("channel", STRING),
            ("parts", "webanno.custom.SaksiAttributionPartsLink[]"),
        ],
    ),
    (ATTRIBUTION_LINK, "uima.cas.TOP", &[("role", STRING), ("target", ANNOTATION)]),
    (SOURCE, ANNOTATION, &[("kind", STRING), ("actor", STRING)]),
    (CONTENT, ANNOTATION, &[]),
];

/// The types as a CAS in JSON has them.
pub(crate) fn json_types() -> Value {
    let types = TYPES.iter().map(|(name, parent, features)| {
        let mut shape = Map::new();
        shape.insert("%NAME".into(), (*name).into());
        shape.insert("%SUPER_TYPE".into(), (*parent).into());
        for (feature, range) in *features {
            shape.insert((*feature).into(), json!({ "%NAME": feature, "%RANGE": range }));
        }
        ((*name).to_owned(), Value::Object(shape))
    });
    Value::Object(types.collect())
}

/// The types as UIMA's description of a type system, from which `INCEpTION` makes layers.
pub fn type_system() -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<name>saksi</name>\n<types>\n",
    );
    for (name, parent, features) in TYPES {
        let _ = write!(
            xml,
            "<typeDescription>\n<name>{name}</name>\n<supertypeName>{parent}</supertypeName>\n<features>\n"
        );
        for (feature, range) in *features {
            let of = match range.strip_suffix("[]") {
                Some(element) => {
                    format!("<rangeTypeName>uima.cas.FSArray</rangeTypeName><elementType>{element}</elementType>")
                }
                None => format!("<rangeTypeName>{range}</rangeTypeName>"),
            };
            let _ = writeln!(xml, "<featureDescription><name>{feature}</name>{of}</featureDescription>");
        }
        xml.push_str("</features>\n</typeDescription>\n");
    }
    xml.push_str("</types>\n</typeSystemDescription>\n");
    xml
}
