use crate::args::{AnalyzeArgs, AnalyzeFormat};
use crate::error::CliError;
use crate::input;
use saksi::Packs;
use saksi_tree::{Text, write_conllu};

pub(crate) fn run(args: &AnalyzeArgs, packs: &Packs) -> Result<(), CliError> {
    let AnalyzeFormat::Conllu = args.format;
    let bytes = input::bytes(&args.file)?;
    let options = saksi::Analyze {
        language: args.language.as_deref(),
        treebank: args.treebank.as_deref(),
        pretokenized: args.pretokenized,
        raw: args.raw,
    };
    let (text, sentences): (Text, _) =
        saksi::analyze(&bytes, options, packs).map_err(|error| input::failed(&args.file, &error))?;
    let mut out = String::new();
    for (number, sentence) in sentences.iter().enumerate() {
        write_conllu(&mut out, sentence, number + 1, text.slice(sentence.span));
    }
    input::write_out(&out)
}
