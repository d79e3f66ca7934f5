//! Languages told apart by sentences of our own.

use saksi_clean::{Profiles, identify, identify_sentence};
use saksi_lang::Pack;

fn profiles() -> Profiles {
    let packs: Vec<Pack> = Pack::languages().iter().map(|code| Pack::builtin(code).unwrap()).collect();
    Profiles::compile(&packs, &Pack::builtin("world").unwrap()).unwrap()
}

const SENTENCES: [(&str, &str); 44] = [
    ("id", "Presiden mengatakan bahwa uang itu tidak bisa dikembalikan karena kantor sudah tutup."),
    ("id", "Kim Tegaskan Dukungan untuk Perang di Ukraina"),
    ("id", "Polisi menangkap dua mahasiswa pada Jumat malam, ujar juru bicara kepolisian."),
    ("id", "Menteri Luar Negeri bertemu utusan itu di Jakarta."),
    ("id", "Rusia dan Ukraina sepakat menukar tawanan, menurut pernyataan bersama kedua negara."),
    ("id", "Korban tewas akibat gempa bertambah menjadi 40 orang."),
    ("ms", "Presiden berkata bahawa wang itu tidak boleh dikembalikan kerana pejabat sudah tutup."),
    ("ms", "Polis menahan dua pelajar universiti pada malam Jumaat, kata jurucakap polis."),
    ("ms", "Beliau memberitahu sidang akhbar di Putrajaya bahawa kerajaan akan menyiasat kejadian itu."),
    ("ms", "Perdana Menteri menjelaskan lawatan rasmi itu diadakan selepas pilihan raya pada bulan Ogos."),
    ("ms", "Seramai 40 orang maut dalam kemalangan itu, menurut ketua bomba."),
    ("ms", "Kementerian Kesihatan memaklumkan syarikat itu telah mencuba ubat baharu di tiga buah klinik."),
    ("en", "The president said that the money could not be returned because the office was closed."),
    ("en", "Police arrest two students after protest in the capital"),
    ("en", "Forty people were killed in the quake, the ministry said on Friday."),
    ("en", "Ukraine and Russia have agreed to exchange prisoners."),
    ("es", "El presidente dijo que el dinero no se puede devolver porque la oficina estaba cerrada."),
    ("es", "La policía detuvo a dos estudiantes en la capital el viernes."),
    ("fr", "Le président a déclaré que l'argent ne pouvait pas être rendu car le bureau était fermé."),
    ("fr", "La police a arrêté deux étudiants vendredi dans la capitale."),
    ("de", "Der Präsident sagte, das Geld könne nicht zurückgegeben werden, weil das Büro geschlossen sei."),
    ("pt", "O presidente disse que o dinheiro não pode ser devolvido porque o escritório estava fechado."),
    ("it", "Il presidente ha detto che il denaro non può essere restituito perché l'ufficio è chiuso."),
    ("nl", "De president zei dat het geld niet kan worden teruggegeven omdat het kantoor gesloten was."),
    ("ru", "Президент заявил, что деньги нельзя вернуть, потому что контора была закрыта."),
    ("uk", "Президент заявив, що гроші не можна повернути, бо контора була зачинена, і він про це знав."),
    ("zh", "总统说，由于办公室关闭，这笔钱无法退还。"),
    ("ja", "大統領は、事務所が閉まっていたためお金を返せないと述べた。"),
    ("ko", "대통령은 사무실이 닫혀 있어 돈을 돌려줄 수 없다고 말했다."),
    ("ar", "قال الرئيس إن المال لا يمكن إعادته لأن المكتب كان مغلقا."),
    ("fa", "رئیس جمهور گفت که این پول را نمی توان پس داد و دفتر بسته است."),
    ("hi", "राष्ट्रपति ने कहा कि पैसे वापस नहीं किए जा सकते और कार्यालय बंद था।"),
    ("th", "ประธานาธิบดีกล่าวว่าไม่สามารถคืนเงินได้เพราะสำนักงานปิด"),
    ("vi", "Tổng thống nói rằng tiền không thể được trả lại vì văn phòng đã đóng cửa."),
    (
        "tr",
        "Cumhurbaşkanı, ofis kapalı olduğu için paranın iade edilemeyeceğini ve bu konuda bir açıklama olmadığını söyledi.",
    ),
    ("tl", "Sinabi ng pangulo na hindi maibabalik ang pera dahil sarado ang mga tanggapan."),
    ("pl", "Prezydent powiedział, że pieniędzy nie można zwrócić, bo biuro było zamknięte."),
    ("sw", "Rais alisema kwamba fedha za serikali hazitarudishwa kwa sababu ya ofisi kufungwa."),
    ("sv", "Presidenten sade att pengarna inte kan lämnas tillbaka för att kontoret var stängt."),
    ("ro", "Președintele a spus că banii nu pot fi returnați pentru că biroul este închis."),
    ("und", "12.500 – 13.000"),
    ("und", ""),
    ("und", "Kim Jong Un"),
    ("he", "הנשיא אמר שאי אפשר להחזיר את הכסף."),
];

#[test]
fn sentences_are_told_apart() {
    let profiles = profiles();
    let wrong: Vec<String> = SENTENCES
        .iter()
        .filter_map(|(language, sentence)| {
            let told = identify(sentence, &profiles);
            (told.language != *language).then(|| format!("{language}, told as {}: {sentence}", told.language))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_a_clearly_foreign_sentence_leaves_the_article() {
    let profiles = profiles();
    let in_indonesian = |sentence: &str| identify_sentence(sentence, "id", &profiles);
    assert_eq!(in_indonesian("We will not accept the terms of this agreement.").as_deref(), Some("en"));
    assert_eq!(in_indonesian("Menteri itu bertemu utusan Rusia di Jakarta."), None);
    assert_eq!(in_indonesian("Ia menyebut New York Times dan The Guardian."), None);
    assert_eq!(in_indonesian("No comment."), None);
    for (language, sentence) in SENTENCES.iter().filter(|(language, _)| *language == "id") {
        assert_eq!(identify_sentence(sentence, language, &profiles), None, "{sentence}");
    }
}

#[test]
fn a_language_without_a_pack_may_be_read_by_its_relative() {
    let profiles = profiles();
    assert_eq!(profiles.reader("ms"), "id");
    assert_eq!(profiles.reader("en"), "en");
    assert_eq!(profiles.reader("fr"), "fr");
    assert_eq!(profiles.reader("xx"), "xx");
}

#[test]
fn malay_and_indonesian_each_have_two_hundred_words_of_their_own() {
    let own = |text: &str| -> std::collections::BTreeSet<String> {
        let heavy = text.lines().filter_map(|line| line.strip_prefix("3\t"));
        heavy.flat_map(str::split_whitespace).map(str::to_owned).collect()
    };
    let indonesian = own(Pack::builtin("id").unwrap().text("language.tsv").unwrap());
    let malay = own(Pack::builtin("world").unwrap().text("languages/ms.tsv").unwrap());
    assert!(indonesian.len() >= 200 && malay.len() >= 200, "{} {}", indonesian.len(), malay.len());
    assert_eq!(indonesian.intersection(&malay).collect::<Vec<_>>(), Vec::<&String>::new());
}
