"""The sidebar: mode, provider and model, who is available, conversations."""

import uuid

import streamlit as st

AUTOMATIC = "Automatic"
MODE_NAMES = {"general": "General", "visa_expert": "Visa expert"}


def new_session():
    st.session_state.session_id = f"ses_{uuid.uuid4()}"


def show(client):
    """Draws it; gives (mode, provider, model), the last two None for automatic."""
    status = client.status()
    with st.sidebar:
        st.header("Assistant")
        mode = st.radio("Mode", status["modes"], format_func=lambda name: MODE_NAMES.get(name, name))
        providers = status["providers"]
        names = list(dict.fromkeys(provider["name"] for provider in providers))
        provider = st.selectbox("Provider", [AUTOMATIC, *names])
        models = [each["model"] for each in providers if each["name"] == provider and each["model"]]
        model = st.selectbox("Model", [AUTOMATIC, *models], disabled=provider == AUTOMATIC)
        st.subheader("Status")
        for each in providers:
            st.markdown(f"{'🟢' if each['available'] else '🔴'} {each['name']}: {each['reason']}")
        st.subheader("Conversations")
        if st.button("New conversation"):
            new_session()
        for session in client.sessions()[:20]:
            choose, remove = st.columns([4, 1])
            if choose.button(session["title"] or "Untitled", key=f"open-{session['session_id']}"):
                st.session_state.session_id = session["session_id"]
            if remove.button("✕", key=f"remove-{session['session_id']}", help="Remove this conversation"):
                client.delete_session(session["session_id"])
                if st.session_state.session_id == session["session_id"]:
                    new_session()
                st.rerun()
    chosen = None if provider == AUTOMATIC else provider
    return mode, chosen, None if model == AUTOMATIC or chosen is None else model
