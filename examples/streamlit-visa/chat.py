"""The visa assistant's page: streamlit run examples/streamlit-visa/chat.py"""

import streamlit as st

import sidebar
from api_client import APIClient, APIError

st.set_page_config(page_title="Visa assistant", page_icon="🛂")
st.title("Visa assistant")

if "client" not in st.session_state:
    st.session_state.client = APIClient()
    sidebar.new_session()
client = st.session_state.client


def show_answer(message):
    st.markdown(message["content"])
    for source in message.get("sources") or []:
        with st.expander(f"{source['title']}: {source['section']}"):
            st.text(source["excerpt"])
    if message.get("notice"):
        st.info(message["notice"])


try:
    mode, provider, model = sidebar.show(client)
    first = next((each["name"] for each in client.status()["providers"]), None)
    history = client.history(st.session_state.session_id)
except APIError as error:
    st.error(error.detail)
    st.stop()

# Sources and notices come with the answer; the history keeps its words.
extras = st.session_state.setdefault("extras", {})
for message in history:
    with st.chat_message(message["role"]):
        show_answer({**message, **extras.get(message["message_id"], {})})

if question := st.chat_input("Your question"):
    with st.chat_message("user"):
        st.markdown(question)
    with st.chat_message("assistant"), st.spinner("Looking through the documents …"):
        try:
            answer = client.send_message(question, st.session_state.session_id, mode, provider, model)
        except APIError as error:
            st.error(f"{error.detail} Your question: {question}")
        else:
            notice = None
            if provider is None and first and answer.get("provider") not in (first, None, ""):
                notice = f"{first} could not answer, so {answer['provider']} did."
            extras[answer["message_id"]] = {"sources": answer["sources"], "notice": notice}
            show_answer({"content": answer["response"], **extras[answer["message_id"]]})
