// Vue and React are the page's own; their types are not here.
declare module 'vue';
declare module 'react';
