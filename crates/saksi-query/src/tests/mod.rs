mod answers;
mod fixture;
mod looking_up;
mod plans;
mod statements;
