//! The terminal: its size, its keys, and what stands on it.

use super::state::Key;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, poll, read};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{cursor, queue, style::Print};
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

/// How often to look whether the program is to end.
const TICK: Duration = Duration::from_millis(200);

/// Whether there is a terminal that can be drawn on.
pub(crate) fn is_there() -> bool {
    io::stdin().is_terminal()
        && io::stdout().is_terminal()
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// What came from the terminal.
pub(crate) enum Came {
    Key(Key),
    /// The size changed.
    Resize,
    /// Nothing yet.
    Nothing,
}

/// The terminal while it is drawn on; it is as before when this is dropped, also after a panic.
pub(crate) struct Screen(());

impl Screen {
    pub(crate) fn open() -> io::Result<Self> {
        enable_raw_mode()?;
        let screen = Self(());
        let mut out = io::stdout().lock();
        queue!(out, EnterAlternateScreen, cursor::Hide)?;
        out.flush()?;
        Ok(screen)
    }

    /// Columns and lines.
    pub(crate) fn size() -> (usize, usize) {
        // Where nobody knows, a terminal has the size that terminals had.
        let (width, height) = size().unwrap_or((80, 24));
        (usize::from(width), usize::from(height))
    }

    pub(crate) fn draw(lines: &[String]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for (number, line) in lines.iter().enumerate() {
            let row = u16::try_from(number).unwrap_or(u16::MAX);
            queue!(out, cursor::MoveTo(0, row), Print(line), Clear(ClearType::UntilNewLine))?;
        }
        queue!(out, Clear(ClearType::FromCursorDown))?;
        out.flush()
    }

    /// Waits a moment for a key.
    pub(crate) fn wait() -> io::Result<Came> {
        if !poll(TICK)? {
            return Ok(Came::Nothing);
        }
        Ok(match read()? {
            Event::Key(event) => key(event).map_or(Came::Nothing, Came::Key),
            Event::Resize(..) => Came::Resize,
            _ => Came::Nothing,
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let mut out = io::stdout().lock();
        let _ = queue!(out, LeaveAlternateScreen, cursor::Show).and_then(|()| out.flush());
        let _ = disable_raw_mode();
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    if event.modifiers.contains(KeyModifiers::CONTROL) {
        return match event.code {
            KeyCode::Char('c' | 'd') => Some(Key::Interrupt),
            KeyCode::Char('u') => Some(Key::Clear),
            KeyCode::Char('a') => Some(Key::Home),
            KeyCode::Char('e') => Some(Key::End),
            KeyCode::Char('h') => Some(Key::Backspace),
            _ => None,
        };
    }
    Some(match event.code {
        KeyCode::Char(letter) => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Tab => Key::Tab,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    })
}
