//! The elements that matter for layout and for what a text is.

/// Declares the elements that are told apart.
macro_rules! tags {
    ($($variant:ident = $name:literal,)+) => {
        /// An element's name; all that need no telling apart are `Other`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Tag { $($variant,)+ Other }

        impl Tag {
            /// The element of a name in small letters.
            pub(crate) fn of(name: &[u8]) -> Self {
                match name { $($name => Self::$variant,)+ _ => Self::Other }
            }

            /// How many there are.
            pub(crate) const COUNT: usize = Self::Other as usize + 1;
        }
    };
}

tags! {
    A = b"a", Abbr = b"abbr", Address = b"address", Amp = b"amp-img", AmpAd = b"amp-ad", AmpEmbed = b"amp-embed",
    AmpSidebar = b"amp-sidebar", Area = b"area", Article = b"article", Aside = b"aside", Audio = b"audio",
    B = b"b", Base = b"base", Big = b"big", Blockquote = b"blockquote", Body = b"body", Br = b"br", Button = b"button",
    Canvas = b"canvas", Caption = b"caption", Center = b"center", Cite = b"cite", Code = b"code", Col = b"col",
    Colgroup = b"colgroup", Dd = b"dd", Del = b"del", Details = b"details", Dialog = b"dialog", Dir = b"dir",
    Div = b"div", Dl = b"dl", Dt = b"dt", Em = b"em", Embed = b"embed", Fieldset = b"fieldset",
    Figcaption = b"figcaption", Figure = b"figure", Font = b"font", Footer = b"footer", Form = b"form", H1 = b"h1",
    H2 = b"h2", H3 = b"h3", H4 = b"h4", H5 = b"h5", H6 = b"h6", Head = b"head", Header = b"header",
    Hgroup = b"hgroup", Hr = b"hr", Html = b"html", I = b"i", Iframe = b"iframe", Img = b"img", Input = b"input",
    Ins = b"ins", Label = b"label", Legend = b"legend", Li = b"li", Link = b"link", Listing = b"listing",
    Main = b"main", Map = b"map", Mark = b"mark", Math = b"math", Menu = b"menu", Meta = b"meta", Nav = b"nav",
    Noembed = b"noembed", Noscript = b"noscript", Object = b"object", Ol = b"ol", Optgroup = b"optgroup",
    Option = b"option", P = b"p", Param = b"param", Picture = b"picture", Plaintext = b"plaintext", Pre = b"pre",
    Q = b"q", Rp = b"rp", Rt = b"rt", S = b"s", Script = b"script", Search = b"search", Section = b"section",
    Select = b"select", Small = b"small", Source = b"source", Span = b"span", Strike = b"strike", Strong = b"strong",
    Style = b"style", Sub = b"sub", Summary = b"summary", Sup = b"sup", Svg = b"svg", Table = b"table",
    Tbody = b"tbody", Td = b"td", Template = b"template", Textarea = b"textarea", Tfoot = b"tfoot", Th = b"th",
    Thead = b"thead", Time = b"time", Title = b"title", Tr = b"tr", Track = b"track", Tt = b"tt", U = b"u", Ul = b"ul",
    Video = b"video", Wbr = b"wbr", Xmp = b"xmp",
}

impl Tag {
    /// Whether the element has no content.
    pub(crate) fn is_void(self) -> bool {
        use Tag::{Area, Base, Br, Col, Embed, Hr, Img, Input, Link, Meta, Param, Source, Track, Wbr};
        matches!(self, Area | Base | Br | Col | Embed | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr)
    }

    /// Whether the element begins and ends a line of its own.
    pub(crate) fn is_block(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Body, Caption, Center, Dd, Details, Dialog, Dir, Div, Dl, Dt,
            Fieldset, Figcaption, Figure, Footer, Form, H1, H2, H3, H4, H5, H6, Head, Header, Hgroup, Hr, Html, Legend,
            Li, Listing, Main, Menu, Nav, Ol, Optgroup, Option, P, Pre, Search, Section, Summary, Table, Tbody, Td,
            Tfoot, Th, Thead, Title, Tr, Ul, Xmp,
        };
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Caption
                | Center
                | Dd
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Head
                | Header
                | Hgroup
                | Hr
                | Html
                | Legend
                | Li
                | Listing
                | Main
                | Menu
                | Nav
                | Ol
                | Optgroup
                | Option
                | P
                | Pre
                | Search
                | Section
                | Summary
                | Table
                | Tbody
                | Td
                | Tfoot
                | Th
                | Thead
                | Title
                | Tr
                | Ul
                | Xmp
        )
    }

    /// Whether its start ends a paragraph that is open: every block but those that stand in tables, lists of choices and around the page.
    pub(crate) fn ends_paragraph(self) -> bool {
        use Tag::{Body, Caption, Head, Html, Legend, Optgroup, Option, Tbody, Td, Tfoot, Th, Thead, Title, Tr};
        let within = matches!(
            self,
            Body | Caption | Head | Html | Legend | Optgroup | Option | Tbody | Td | Tfoot | Th | Thead | Title | Tr
        );
        self.is_block() && !within
    }

    /// Whether it only formats, so that a block inside outlives its end tag.
    pub(crate) fn is_formatting(self) -> bool {
        use Tag::{A, B, Big, Code, Em, Font, I, S, Small, Strike, Strong, Tt, U};
        matches!(self, A | B | Big | Code | Em | Font | I | S | Small | Strike | Strong | Tt | U)
    }

    /// Whether an end tag inside cannot end an element outside.
    pub(crate) fn is_scope(self) -> bool {
        matches!(self, Self::Td | Self::Th | Self::Table | Self::Caption | Self::Object | Self::Template | Self::Html)
    }

    /// Whether it is a heading.
    pub(crate) fn is_heading(self) -> bool {
        matches!(self, Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6)
    }

    /// Whether nothing in it is ever text of the page.
    pub(crate) fn is_silent(self) -> bool {
        use Tag::{
            Audio, Canvas, Embed, Head, Iframe, Map, Math, Noembed, Noscript, Object, Rp, Rt, Script, Select, Style,
            Svg, Template, Textarea, Video,
        };
        matches!(
            self,
            Audio
                | Canvas
                | Embed
                | Iframe
                | Map
                | Math
                | Noembed
                | Noscript
                | Object
                | Rp
                | Rt
                | Script
                | Select
                | Style
                | Svg
                | Template
                | Textarea
                | Video
                | Head
        )
    }
}
