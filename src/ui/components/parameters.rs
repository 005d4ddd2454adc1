//! The numbers of a scenario that a reader may change. A change rewrites the program and runs it.

use crate::trace::decimal;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::i18n::{Language, chosen_of};
use crate::ui::scenarios::lesson::{Lesson, Parameter};
use crate::ui::state::Action;

/// Properties of [`Parameters`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What the scenario teaches.
    pub lesson: Rc<Lesson>,
    /// The program as it is now.
    pub source: Rc<str>,
    /// The language of every text.
    pub language: Language,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// A field for each parameter that the program still assigns.
#[component]
pub fn Parameters(props: &Props) -> Html {
    let fields: Vec<Html> = props
        .lesson
        .parameters
        .iter()
        .filter_map(|parameter| field(props, parameter))
        .collect();
    if fields.is_empty() {
        return Html::default();
    }
    html! { <div class="parameters">{ for fields }</div> }
}

fn field(props: &Props, parameter: &Parameter) -> Option<Html> {
    let value = parameter.value(&props.source)?;
    let (changed, source) = (parameter.clone(), Rc::clone(&props.source));
    let emit = props.emit.clone();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let Some(input) = input else { return };
        let wanted = input.value_as_number();
        // NaN stays NaN, and is out of every range.
        let wanted = decimal::between(wanted, changed.lowest, changed.highest);
        match changed.set(&source, wanted) {
            Ok(source) => emit.emit(Action::RunWith(source.into())),
            Err(_) => input.set_value(&changed.written(value)),
        }
    });
    let written = |value: f64| parameter.written(value);
    Some(html! {
        <label key={parameter.name.clone()}>
            <span>{ chosen_of(&parameter.label).clone() }</span>
            <input type="number" class="mono" data-testid={format!("parameter-{}", parameter.name)}
                min={written(parameter.lowest)} max={written(parameter.highest)} step={written(parameter.step)}
                value={written(value)} {onchange} />
        </label>
    })
}
